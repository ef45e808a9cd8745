"""What training adds to the pages of the apps below; called once by `TrainingConfig.ready`."""


def register_all() -> None:
    """Registers panels."""
