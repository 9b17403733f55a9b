# tries: to leave a note in the containers that modules share
# expect: success
import calendar
import html
import string
import textwrap
import urllib.parse


def run(input):
    if html.entities.html5.get("note;") or "note" in urllib.parse.uses_netloc:
        return "kept"
    html.entities.html5["note;"] = "!"
    urllib.parse.uses_netloc.append("note")
    textwrap.TextWrapper.unicode_whitespace_trans[65] = 66
    calendar.setfirstweekday(6)
    string.Template.delimiter = "#"
    return "contained"
