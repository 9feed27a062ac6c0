"""The demo: four invented houses on the four shipped agreements, with people, history, a switch.

Nothing here is active in `uphold serve`; `uphold demo` starts the server with `demo.settings`.
"""
