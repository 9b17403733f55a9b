import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { doctorReport, type Finding, type ReportWords } from "../../../src/extension/doctor/report.ts";

const words: ReportWords = {
  title: "Doctor",
  summary: "Something does not work.",
  columns: ["State", "Part", "Found"],
  states: { ok: "fine", off: "not in use", warning: "look", problem: "broken" },
  toDo: "What to do",
  about: "About",
};

describe("the Doctor's report", () => {
  it("tells each part in a row, and what to do below", () => {
    const findings: Finding[] = [
      { name: "Backend", state: "ok", found: "answers" },
      { name: "Proxy", state: "problem", found: "refused | twice\nor more", advice: "Set a password." },
    ];
    const report = doctorReport(findings, [["Node", "24"]], words, "/home/ada");
    assert.match(report, /^# Doctor\n\nSomething does not work\./);
    assert.match(report, /\| ✓\u00a0fine \| Backend \| answers \|/);
    assert.match(report, /\| ✗\u00a0broken \| Proxy \| refused \\\| twice or more \|/);
    assert.match(report, /## What to do\n\n- \*\*Proxy\*\*: Set a password\./);
    assert.match(report, /## About\n\n- Node: 24/);
  });

  it("has no advice where nothing is to be done", () => {
    assert.doesNotMatch(doctorReport([{ name: "A", state: "off", found: "" }], [], words), /What to do/);
  });

  it("holds no secret and no home folder, wherever they come from", () => {
    const secrets = ["http://ada:hunter22@proxy.example:3128", "hapa_abcdefgh12345678", "Bearer abcdefgh12345678"];
    const findings = secrets.map((found): Finding => ({ name: "x", state: "problem", found, advice: found }));
    const report = doctorReport(findings, [["Database", "/home/ada/hapa.db"]], words, "/home/ada");
    assert.doesNotMatch(report, /hunter22|hapa_abc|abcdefgh|home\/ada/);
    assert.match(report, /Database: ~\/hapa\.db/);
  });
});
