"""The pages of the desk and of the portal: they translate, the services act."""
