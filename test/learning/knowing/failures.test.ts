/** Failing inputs are gathered by what they have in common and right ones have not, and called by it. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { say, spoken } from "../../../src/contract/say.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";
import { clusterFailures } from "../../../src/learning/knowing/failures.ts";
import { seededRandom } from "../../../src/learning/statistics/hash.ts";

type Random = () => number;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const int = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from));
const oneOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const two = (n: number) => String(n).padStart(2, "0");
const words = (random: Random, list: string, count: number) =>
  times(count, () => oneOf(random, list.split(" "))).join(" ");

const slashed = (random: Random) => `${two(int(random, 1, 29))}/${two(int(random, 1, 13))}/${int(random, 1950, 2030)}`;
const iso = (random: Random) => `${int(random, 1950, 2030)}-${two(int(random, 1, 13))}-${two(int(random, 1, 29))}`;
const names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Niklaus"];
const cells = (sign: string) => (random: Random) =>
  times(int(random, 3, 6), () => (random() < 0.5 ? oneOf(random, names) : String(int(random, 1, 9_999)))).join(sign);
const english =
  "the parcel has not come and my order is late please help with it I was told it would be here on monday";
const german =
  "das paket ist nicht da und die bestellung kommt zu spät bitte helfen sie mir ich warte seit montag auf es";
const korean = "택배가 아직 도착하지 않았습니다 주문 번호를 확인해 주세요 언제 오나요 감사합니다";
const ticket = (list: string) => (random: Random) => words(random, list, int(random, 6, 18));
const refund = (random: Random) => {
  const said = ticket(english)(random).split(" ");
  said.splice(int(random, 0, said.length), 0, oneOf(random, ["refund", "Refund", "refund,"]));
  return said.join(" ");
};
const walk = (unit: string, far: number) => (random: Random) => ({
  name: oneOf(random, names),
  distance: int(random, 1, far),
  unit,
});

const failuresOf = (inputs: readonly JsonValue[]) => inputs.map((input, at) => ({ executionId: `exec_${at}`, input }));

describe("failing inputs", function () {
  this.timeout(20_000);

  const scenarios: readonly {
    what: string;
    right: (random: Random) => JsonValue;
    failing: (random: Random) => JsonValue;
    name: RegExp;
  }[] = [
    {
      what: "a new date format",
      right: slashed,
      failing: iso,
      name: /^inputs like "\d{4}-\d\d-\d\d" \(4 digits-2 digits-2 digits\)$/,
    },
    { what: "a new label", right: ticket(english), failing: refund, name: /\(the word "refund"\)$/ },
    { what: "a changed delimiter", right: cells(","), failing: cells(";"), name: /\(with ";"\)$/ },
    { what: "a new language", right: ticket(english), failing: ticket(korean), name: /\(Korean letters\)$/ },
    {
      what: "a new language in the same letters",
      right: ticket(english),
      failing: ticket(german),
      name: /\(the word "\p{L}+"\)|accented/u,
    },
    {
      what: "a change of the unit",
      right: walk("km", 40),
      failing: walk("mi", 40),
      name: /\(the word "mi" in "unit"\)$/,
    },
    {
      what: "a change of the unit that nobody wrote down",
      right: walk("", 40),
      failing: (random) => walk("", 40_000)(random),
      name: /10000 to 100000 in "distance"/,
    },
    {
      what: "a field that is missing",
      right: walk("km", 40),
      failing: (random) => ({ name: oneOf(random, names), distance: 5 }),
      name: /\(no text "unit"\)$/,
    },
  ];
  for (const [seed, { what, right, failing, name }] of scenarios.entries()) {
    it(`are one cluster with a name: ${what}`, async () => {
      const random = seededRandom(seed + 1);
      for (const count of [8, 60, 1_000]) {
        const inputs = times(count, () => failing(random));
        const clusters = await clusterFailures(
          failuresOf(inputs),
          times(300, () => right(random)),
        );
        assert.ok(clusters.length >= 1);
        assert.match(spoken(clusters[0]?.name ?? say``), name);
        assert.ok((clusters[0]?.members.length ?? 0) >= 0.7 * count, `${clusters[0]?.members.length} of ${count}`);
      }
    });
  }

  it("of three causes are three clusters, each with a third, and what has no cause is in none", async () => {
    const random = seededRandom(99);
    const hashes = () =>
      Math.floor(random() * 2 ** 32)
        .toString(36)
        .split("")
        .join(oneOf(random, ["#", "!", "%", "&", "$"]));
    const inputs = times(300, (i) => [iso, cells(";"), ticket(korean), hashes][i % 4]?.(random) ?? "");
    const right = times(600, (i) => [slashed, cells(","), ticket(english)][i % 3]?.(random) ?? "");
    const clusters = await clusterFailures(failuresOf(inputs), right);
    const three = clusters.filter(({ members }) => members.length >= 65);
    assert.equal(three.length, 3);
    for (const cluster of three) {
      const causes = cluster.members.map(({ executionId }) => Number(executionId.slice(5)) % 4);
      const most = Math.max(...[0, 1, 2].map((cause) => causes.filter((one) => one === cause).length));
      assert.ok(most >= 0.95 * cluster.members.length);
    }
  });

  it("like the right ones are in no cluster: there is nothing to say", async () => {
    const random = seededRandom(5);
    for (const make of [slashed, cells(","), ticket(english), walk("km", 40)]) {
      const clusters = await clusterFailures(
        failuresOf(times(60, () => make(random))),
        times(400, () => make(random)),
      );
      assert.ok(clusters.every(({ members }) => members.length < 20));
    }
  });

  it("are gathered where nothing was right yet, and alike each time", async () => {
    const random = seededRandom(6);
    const failures = failuresOf(times(40, (i) => (i % 2 ? iso : ticket(english))(random)));
    const clusters = await clusterFailures(failures, []);
    assert.equal(clusters.length, 2);
    assert.deepEqual(await clusterFailures(failures, []), clusters);
    assert.deepEqual(await clusterFailures(failures.slice(0, 2), []), []);
  });

  it("of five thousand, all different, are gathered while others get their turn", async () => {
    const random = seededRandom(7);
    const inputs = times(5_000, (i) => [ticket(english), ticket(german), refund][i % 3]?.(random) ?? "");
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const clusters = await clusterFailures(
      failuresOf(inputs),
      times(2_000, () => ticket(english)(random)),
    );
    clearInterval(turning);
    assert.ok(turns > 10);
    assert.ok(clusters.length >= 2);
  });
});
