"""A developer's or evaluator's machine: `make serve`."""

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR
from config.settings.environment import env_bool
from config.settings.keys import local_secret

DEBUG = env_bool("DEBUG", True)
SECRET_KEY = local_secret(VAR_DIR / "secret.key")
ALLOWED_HOSTS = ["*"]
# The demo's documented passwords are set only where this is on.
DEMO_PASSWORDS = True
