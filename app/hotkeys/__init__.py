"""Global hotkeys: keys that reach Aside wherever the user is. `main` chooses the back end."""
