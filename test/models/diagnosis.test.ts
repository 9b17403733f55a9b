import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { spoken } from "../../src/contract/say.ts";
import { diagnose, type Evidence } from "../../src/models/diagnosis.ts";
import { isCertificateCode, retryAfterSeconds } from "../../src/models/evidence.ts";
import { nearest } from "../../src/models/nearest.ts";

describe("why a model did not answer", () => {
  const seen = (evidence: Partial<Evidence>) =>
    diagnose({ baseUrl: "https://api.example.com/v1", model: "m-1", hasKey: true, ...evidence });

  it("is told by what was seen, the nearest cause first", () => {
    const cases: readonly (readonly [Partial<Evidence>, string])[] = [
      [{ code: "ENOTFOUND" }, "unreachable"],
      [{ code: "UND_ERR_CONNECT_TIMEOUT" }, "unreachable"],
      [{ code: "SELF_SIGNED_CERT_IN_CHAIN" }, "certificate"],
      [{ code: "CERT_HAS_EXPIRED" }, "certificate"],
      [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "certificate"],
      [{ code: "ERR_SSL_WRONG_VERSION_NUMBER" }, "not_secure"],
      [{ status: 407 }, "proxy_password"],
      [{ status: 401 }, "key_refused"],
      [{ status: 403, hasKey: false }, "key_missing"],
      [{ status: 402 }, "out_of_credit"],
      [{ status: 308, location: "https://elsewhere" }, "redirected"],
      [{ status: 404, baseUrl: "https://api.example.com" }, "wrong_path"],
      [{ status: 404 }, "model_unknown"],
      [{ status: 400, said: "The model `m-1` does not exist" }, "model_unknown"],
      [{ status: 400, said: "temperature must be 1" }, "refused"],
      [{ status: 429 }, "limited"],
      [{ status: 503 }, "failing"],
      [{ code: "ECONNRESET" }, "broke_off"],
      [{ form: "endless" }, "endless"],
    ];
    for (const [evidence, trouble] of cases) {
      const diagnosis = seen(evidence);
      assert.equal(diagnosis.trouble, trouble, JSON.stringify(evidence));
      // Whole sentences, with something to do.
      assert.match(spoken(diagnosis.message), /^\S.{40,}[.?)]$|: .+$/s);
      assert.ok(!/undefined|null|NaN|\s{2}/.test(spoken(diagnosis.message)), spoken(diagnosis.message));
    }
  });

  it("names models near to a mistyped one first", () => {
    const names = ["gpt-4.1", "gpt-4.1-mini", "o3", "text-embedding-3-small"];
    assert.deepEqual(nearest("gpt4.1-mini", names).slice(0, 2), ["gpt-4.1-mini", "gpt-4.1"]);
    assert.equal(nearest("GPT-4.1", names)[0], "gpt-4.1");
  });

  it("reads when to try again in both forms of the header", () => {
    const now = Date.parse("2026-11-22T10:00:00Z");
    assert.equal(retryAfterSeconds("2.1", now), 3);
    assert.equal(retryAfterSeconds("Sun, 22 Nov 2026 10:01:00 GMT", now), 60);
    assert.equal(retryAfterSeconds("soon", now), undefined);
    assert.equal(retryAfterSeconds(null), undefined);
  });

  it("tells certificates from other failures", () => {
    for (const code of [
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    ])
      assert.ok(isCertificateCode(code), code);
    for (const code of ["ECONNREFUSED", "ERR_SSL_WRONG_VERSION_NUMBER", ""]) assert.ok(!isCertificateCode(code), code);
  });
});
