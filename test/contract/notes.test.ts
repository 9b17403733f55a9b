/** Notes of a proof are kept in English and told in the person's language. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { noted, notes } from "../../src/contract/notes.ts";
import { spoken } from "../../src/contract/say.ts";

describe("notes of a proof", () => {
  it("are given back as they were said, whatever their numbers", () => {
    for (const make of Object.values(notes)) {
      const note = spoken(make("12", "345"));
      assert.equal(spoken(noted(note)), note);
      const { template } = make("12", "345");
      assert.equal(noted(note).template, template);
      assert.match(spoken(noted(note), { [template]: `다른 말 ${template}` }), /^다른 말/);
    }
  });

  it("that nobody says any more stay as they are", () => {
    for (const note of ["", "It is {0}.", "Something else.", "It did not succeed on x of your y other inputs."])
      assert.equal(spoken(noted(note)), note);
  });
});
