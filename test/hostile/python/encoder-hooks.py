# tries: to change how JSON is written
# expect: success
import json
import json.encoder


def run(input):
    if json.dumps({"a": 1}) != '{"a": 1}':
        return "kept"
    json.encoder.c_make_encoder = json.encoder.JSONEncoder.default = json.encoder.encode_basestring = lambda *args: "7"
    json.JSONEncoder.iterencode = lambda *args: ["7"]
    return "contained"
