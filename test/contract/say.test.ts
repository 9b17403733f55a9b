import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { saidFromText, saidToText, say, spoken } from "../../src/contract/say.ts";

describe("say", () => {
  it("keeps a sentence apart from what goes into it", () => {
    const said = say`Row ${7} has no ${"price"}.`;
    assert.deepEqual(said, { template: "Row {0} has no {1}.", args: [7, "price"] });
    assert.equal(spoken(said), "Row 7 has no price.");
  });

  it("says it in the catalogue's order, and sentences within sentences", () => {
    const words = { "Row {0} has no {1}.": "{0}행에 {1}이(가) 없습니다.", "the price": "가격", Stopped: "멈춤" };
    assert.equal(spoken(say`Row ${7} has no ${say`the price`}.`, words), "7행에 가격이(가) 없습니다.");
    assert.equal(spoken(say`Stopped`, words), "멈춤");
    assert.equal(spoken(say`Not translated: ${say`the price`}`, words), "Not translated: 가격");
  });

  it("leaves the person's own text alone, whatever it holds", () => {
    const words = { "the price": "가격" };
    assert.equal(spoken(say`${"the price"} and {0} ${"{0} $& {1}"}`, words), "the price and the price {0} $& {1}");
    assert.equal(spoken({ template: "{0} {9}", args: ["a"] }), "a {9}");
    assert.equal(spoken(say`constructor`, {}), "constructor");
  });

  it("is kept as text, and other texts are taken as they are", () => {
    const words = say`a ${say`b ${1}`} c`;
    assert.deepEqual(saidFromText(saidToText(words)), words);
    for (const text of ["plain", "", '{"template":', '{"template":1,"args":[]}', '{"template":"{0}"}'])
      assert.equal(spoken(saidFromText(text)), text);
  });
});
