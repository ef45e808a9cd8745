"""The form of Wagtail's image library (WAGTAILIMAGES_IMAGE_FORM_BASE): it takes only what was drawn anew."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content.pictures import Unfit, clean_picture


class CleanImageField(WagtailImageField):
    """Draws the picture anew before Wagtail looks at it: Wagtail would decode even what is far too large."""

    def to_python(self, data: Any) -> Any:
        return super().to_python(_redrawn(data) if data else data)


class CleanImageForm(BaseImageForm):
    """Serves uploads one by one, by the dozen and in choosers alike."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = CleanImageField(label=given.label, required=given.required, widget=given.widget)


def _redrawn(upload: Any) -> SimpleUploadedFile:
    try:
        clean = clean_picture(upload.read())
    except Unfit as unfit:
        raise ValidationError(f"{unfit}。") from None
    name = PurePath(upload.name).with_suffix(clean.suffix).name
    return SimpleUploadedFile(name, clean.data, f"image/{'png' if clean.suffix == '.png' else 'jpeg'}")
