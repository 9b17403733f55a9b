/** The panel's words and numbers: one table for each language, chosen by the page's tag. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { stringsFor } from "../../../webview-ui/shared/strings.ts";
import { formatsOf } from "../../../webview-ui/shared/words/format.ts";

describe("panel words", () => {
  it("are English where there is no table for a language, and for tags that are none", () => {
    for (const tag of ["en", "en-GB", "xx", "", "__proto__", "not a tag"]) assert.equal(stringsFor(tag).send, "Send");
  });

  it("numbers, money and times are written as the language has them", () => {
    const { elapsed, remaining, usd, number, percent } = formatsOf("en");
    assert.deepEqual(
      [elapsed(38), elapsed(2_140), remaining(22_100), remaining(65_000), usd(0.0003), usd(0.00001), usd(12.5)],
      ["38ms", "2.1s", "23s", "1m 5s", "$0.0003", "< $0.0001", "$12.50"],
    );
    assert.deepEqual([number(12_345), percent(0.875)], ["12,345", "87.5%"]);
    const korean = formatsOf("ko");
    assert.deepEqual([korean.elapsed(2_140), korean.remaining(65_000)], ["2.1초", "1분 5초"]);
    assert.equal(formatsOf("de").number(12_345), "12.345");
  });

  it("times past are told in words, older ones by their date", () => {
    const now = Date.parse("2026-05-10T12:00:00Z");
    const ago = (iso: string): string => formatsOf("en").ago(iso, now);
    assert.deepEqual(
      [
        ago("2026-05-10T11:59:50Z"),
        ago("2026-05-10T11:55:00Z"),
        ago("2026-05-10T09:00:00Z"),
        ago("2026-05-09T11:00:00Z"),
      ],
      ["now", "5 minutes ago", "3 hours ago", "yesterday"],
    );
    assert.equal(ago("2026-04-01T12:00:00Z"), "Apr 1, 2026");
    assert.equal(ago(""), "");
  });
});
