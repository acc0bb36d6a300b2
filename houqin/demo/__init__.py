"""The demo school 青禾中学, built from the areas' factories; the same for the same day."""
