"""When a lesson is taught: the plans of `timetable:` in config.yaml, and their files for calendars."""
