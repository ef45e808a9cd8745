"""The form of Wagtail's image library (WAGTAILIMAGES_IMAGE_FORM_BASE): it takes only what was drawn anew."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.forms import BaseImageForm

from content.pictures import Unfit, clean_picture


class CleanImageForm(BaseImageForm):
    """Serves uploads one by one, by the dozen and in choosers alike."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        file.seek(0)
        try:
            clean = clean_picture(file.read())
        except Unfit as unfit:
            raise ValidationError(f"{unfit}。") from None
        name = PurePath(file.name).with_suffix(clean.suffix).name
        return SimpleUploadedFile(name, clean.data, f"image/{'png' if clean.suffix == '.png' else 'jpeg'}")
