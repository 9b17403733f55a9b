/** What is personal data to the mask, and what looks like it and must stay. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { maskJson, maskText } from "../../../src/learning/dataset/mask/mask.ts";

/** Shows what was found, `<kind=value>`, once all is masked: no mask looks into a placeholder. */
function showing(work: (nameOf: (kind: string, value: string) => string) => string): string {
  const values: string[] = [];
  const masked = work((kind, value) => `<${kind}:${values.push(value) - 1}>`);
  return masked.replaceAll(/<(\w+):(\d+)>/g, (_, kind: string, at: string) => `<${kind}=${values[Number(at)]}>`);
}
const mask = (text: string) => showing((nameOf) => maskText(text, nameOf));
const maskedJson = (text: string) => showing((nameOf) => maskJson(text, nameOf));
const json = (value: unknown) => JSON.parse(maskedJson(JSON.stringify(value))) as unknown;

const found: readonly (readonly [text: string, masked: string])[] = [
  // E-mail
  ["ada@example.org", "<email=ada@example.org>"],
  ["Write to Ada.Lovelace+x@Mail.Example.co.uk.", "Write to <email=ada.lovelace+x@mail.example.co.uk>."],
  ["mailto:ada@example.org?subject=x", "mailto:<email=ada@example.org>?subject=x"],
  ["<ada@example.org>, 'o'brien@example.ie'", "<<email=ada@example.org>>, '<email=o'brien@example.ie>'"],
  ["메일은 ada@example.org로 보내세요", "메일은 <email=ada@example.org>로 보내세요"],
  ["문의:홍길동@예시.한국", "문의:<email=홍길동@예시.한국>"],
  ["email=ada@example.org&x=1", "email=<email=ada@example.org>&x=1"],
  // Phones
  ["+1 (415) 555-2671", "<phone=14155552671>"],
  ["+44 20 7946 0958, or +82 10-1234-5678", "<phone=442079460958>, or <phone=821012345678>"],
  ["(415) 555-2671 and 415-555-2671", "<phone=4155552671> and <phone=4155552671>"],
  ["휴대폰은 010-1234-5678입니다", "휴대폰은 <phone=01012345678>입니다"],
  ["01012345678", "<phone=01012345678>"],
  ["02-123-4567; 031.123.4567", "<phone=021234567>; <phone=0311234567>"],
  ["020 7946 0958 / 07700 900123", "<phone=02079460958> / <phone=07700900123>"],
  ["03-1234-5678", "<phone=0312345678>"],
  ["01 23 45 67 89", "<phone=0123456789>"],
  ["Tel. 030 901820", "Tel. <phone=030901820>"],
  ["Phone: 4155552671", "Phone: <phone=4155552671>"],
  ["0049 30 901820 0", "<phone=0049309018200>"],
  // National ids
  ["SSN 123-45-6789.", "SSN <ssn=123456789>."],
  ["900101-1234568", "<rrn=9001011234568>"],
  ["9001011234568", "<rrn=9001011234568>"], // with its check digit
  ["주민번호 201130-3123456", "주민번호 <rrn=2011303123456>"], // since 2020 without one
  ["AB 12 34 56 C, AB123456C", "<nino=AB123456C>, <nino=AB123456C>"],
  ["111.444.777-35", "<cpf=11144477735>"],
  ["11010519491231002X", "<ric=11010519491231002X>"],
  // Cards
  ["4111 1111 1111 1111", "<card=4111111111111111>"],
  ["paid 2024 4111-1111-1111-1111 today", "paid 2024 <card=4111111111111111> today"],
  ["5500005555555559", "<card=5500005555555559>"],
  ["3782 822463 10005", "<card=378282246310005>"],
  ["6011111111111117, 3530111333300000", "<card=6011111111111117>, <card=3530111333300000>"],
  // Accounts
  ["DE89 3704 0044 0532 0130 00 AND MORE", "<iban=DE89370400440532013000> AND MORE"],
  ["GB82WEST12345698765432", "<iban=GB82WEST12345698765432>"],
  // Addresses of machines
  ["from 203.0.113.7:443", "from <ip=203.0.113.7>:443"],
  ["192.168.1.20/24", "<ip=192.168.1.20>/24"],
  ["2001:db8::1 and [fe80::1ff:fe23:4567:890a]:80", "<ip=2001:db8::1> and [<ip=fe80::1ff:fe23:4567:890a>]:80"],
  // Keys and passwords
  ["https://ada:s3cret@example.org/x", "https://<password=ada:s3cret>@example.org/x"],
  ["postgres://u:p@ss@db.example.org/x", "postgres://<password=u:p@ss>@db.example.org/x"],
  [`key ${"sk-"}proj-abcdefgh12345678abcd.`, "key <key=sk-proj-abcdefgh12345678abcd>."],
  [`${"ghp_"}0123456789abcdefghijABCDEFGHIJ012345`, "<key=ghp_0123456789abcdefghijABCDEFGHIJ012345>"],
  [`${"AKIA"}IOSFODNN7EXAMPLE`, "<key=AKIAIOSFODNN7EXAMPLE>"],
  [`${"hapa_"}abcdefgh12345678`, "<key=hapa_abcdefgh12345678>"],
  ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "<key=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl>"],
  ["Authorization: Bearer abc123DEF456", "Authorization: Bearer <key=abc123DEF456>"],
  ["?token=a1b2c3d4&x=1", "?token=<key=a1b2c3d4>&x=1"],
  ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key = <key=wJalrXUtnFEMI/K7MDENG>"],
  ["password: hunter2!", "password: <password=hunter2!>"],
  ["use 9fK2mQ7xV4bN8sT1wZ6r now", "use <key=9fK2mQ7xV4bN8sT1wZ6r> now"],
  ["9e107d9d372bb6826bd81d3542a419d6", "<key=9e107d9d372bb6826bd81d3542a419d6>"],
  [
    "a -----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY----- b",
    "a <key=-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----> b",
  ],
];

const stays: readonly string[] = [
  // Dates and times
  ...["2024-01-15", "15.01.2024 10:30:00", "01-02-2024", "01.02.2024 1030", "2026-11-22T10:05:17.123Z", "12:34:56"],
  ...["20240115103000", "1700000000000", "Fax 2024-01-15", "01/02/2024, 03/04/2025"],
  // Amounts
  ...["$1,234,567.89", "+1234567.89", "1.234.567,89 €", "1 234 567 890", "-12345678", "₩12,345,678", "0.123456789012"],
  ...["123 456 7890 pieces", "99.99 100.00 101.50 102.75"],
  // Versions
  ...["v1.2.3.4", "version 4.0.0.0", "1.2.3", "lodash@4.17.21", "@scope/pkg@1.0.0", "120.0.6099.109", "1.2.3.4.5"],
  ...["1.2.3.4-beta", "release: 10.1.2.3"],
  // Numbers of things
  ...["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "ISBN 9791190090018"],
  ...[
    "order 1234567890",
    "INV-2024-000123",
    "#00012345",
    "4111111111111112",
    "1234 5678 9012 3456",
    "1111111111111111",
  ],
  ...["123456789012", "000-12-3456", "666-12-3456", "987-65-4321", "123-45-678", "DE89 3704 0044 0532 0130 01"],
  ...["991399-1234567", "9001011234567", "111.444.777-36", "BG123456A", "AB123456E", "110105194912310021"],
  ...["550e8400-e29b-41d4-a716-446655440000", "exec_01J8ZQ3N5V7X9B1D3F5H7K9M1P", "8801234567893"],
  // Code and names
  ...["std::add::fee", "a@b", "user@localhost", "@decorator", "10:20:30:40", "127.0.0.1", "255.255.255.0", "0.0.0.0"],
  ...["getUserByIdAndNameFromTheDatabase", "sk-learn-like-names-are-long", "HTTPServerErrorResponse2024Handler"],
  ...[
    "src/learning/dataset/mask/replace.ts",
    "password: required",
    "The token is short",
    "basic training",
    "key: value",
  ],
  ...["linear-regression-with-many-long-words", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Lovelace, Ada"],
];

describe("masks of personal data", () => {
  for (const [text, masked] of found) it(`finds it in ${text}`, () => assert.equal(mask(text), masked));

  it("leaves dates, amounts, versions, and numbers of things as they are", () => {
    for (const text of stays) {
      assert.equal(mask(text), text);
      assert.equal(mask(`see ${text} here`), `see ${text} here`);
    }
  });

  it("does not mask again what is masked", () => {
    const name = (kind: string) => `<${kind}:0123abcd>`;
    for (const [text] of found) {
      const once = maskText(text, name);
      assert.equal(maskText(once, name), once);
    }
  });

  it("keeps the shape of JSON: names of fields, numbers, and the order", () => {
    const value = {
      "a@b.org": 4155552671,
      list: ["x", "ada@example.org", null, true],
      deep: { n: 1.5, m: "+82 10-1234-5678" },
    };
    const masked = json(value) as typeof value;
    assert.deepEqual(masked, {
      "a@b.org": 4155552671,
      list: ["x", "<email=ada@example.org>", null, true],
      deep: { n: 1.5, m: "<phone=821012345678>" },
    });
    assert.deepEqual(Object.keys(masked), Object.keys(value));
    assert.equal(maskedJson('{"__proto__":"ada@example.org"}'), '{"__proto__":"<email=ada@example.org>"}');
  });

  it("masks by the name of a field what does not look like a secret by itself", () => {
    assert.deepEqual(json({ password: "letmein", userPassword: "x", api_key: "abcd1234", accessToken: "tok-12345" }), {
      password: "<password=letmein>",
      userPassword: "<password=x>",
      api_key: "<key=abcd1234>",
      accessToken: "<key=tok-12345>",
    });
    assert.deepEqual(json({ phone: "4155552671", mobile_no: "55 1234", token: "the", keyboard: "qwerty12" }), {
      phone: "<phone=4155552671>",
      mobile_no: "55 1234",
      token: "the",
      keyboard: "qwerty12",
    });
  });

  it("gives a text without anything in it back as it is, escapes and all", () => {
    for (const text of ['"Lovelace, Ada"', '"\\n\\u0041"', '{"a":[1,2.50,"x"]}', "null", "12345678901234567890"])
      assert.equal(maskedJson(text), text);
    assert.equal(maskedJson('"ada\\u0040example.org"'), '"<email=ada@example.org>"');
  });

  // A pattern that goes back and forth over such a text takes hours; mocha gives up after seconds.
  for (const piece of [
    ...[
      "a",
      "1",
      "1 ",
      "1-",
      "1.",
      "01-",
      "a.",
      "a@",
      "@a.",
      "a@a.",
      "::",
      "f:",
      "fe80:",
      "://",
      "://a:",
      ":a",
      "x:x@",
    ],
    ...[
      "password=",
      "password",
      "pass-",
      "token:'",
      "bearer ",
      "eyJ",
      "eyJ.",
      "-----BEGIN ",
      "-----BEGIN PRIVATE KEY-----",
    ],
    ...[
      "DE89",
      "DE89 ",
      "4111 ",
      "4111 1111 1111 1111 ",
      "+1",
      "+1 (",
      "tel ",
      "phone: 1",
      "00 ",
      "0",
      "aA1",
      "- ",
      "_",
      "'",
      "가",
      "é@",
    ],
    ...["123-45-", "900101-", "AB12", "111.", "255.255.", "\\", '"', "<email:", "\u0000", "\ud800"],
  ])
    it(`is not slowed down by ${JSON.stringify(piece)} a million characters long`, function () {
      this.timeout(5_000);
      const text = piece.repeat(1_000_000 / piece.length);
      for (const end of ["", "!", "@", "a@b.org", "1"]) maskText(text.slice(0, 400_000) + end, (kind) => `<${kind}>`);
      maskJson(JSON.stringify([text]), (kind) => `<${kind}>`);
    });
});
