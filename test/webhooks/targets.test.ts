/** Where webhooks may go: the ways an address can look harmless and lead inside. */
import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { networkInterfaces } from "node:os";
import { describe, it } from "mocha";
import { createTargets, isNetwork } from "../../src/webhooks/targets.ts";

describe("targets of webhooks", () => {
  const targets = createTargets(() => []);

  for (const [why, url] of [
    ["loopback", "http://127.0.0.1/x"],
    ["all of loopback", "http://127.9.9.9/"],
    ["loopback in decimal", "http://2130706433/"],
    ["loopback in hex", "http://0x7f000001/"],
    ["loopback in octal", "http://0177.0.0.1/"],
    ["loopback, short", "http://127.1/"],
    ["loopback with full-width digits", "http://１２７.０.０.１/"],
    ["this host", "http://0.0.0.0/"],
    ["IPv6 loopback", "http://[::1]:8000/"],
    ["IPv6 unspecified", "http://[::]/"],
    ["IPv4 mapped into IPv6", "http://[::ffff:127.0.0.1]/"],
    ["IPv4 mapped, in hex", "http://[::ffff:7f00:1]/"],
    ["IPv4-compatible", "http://[::127.0.0.1]/"],
    ["NAT64 of a private address", "https://[64:ff9b::10.0.0.1]/"],
    ["6to4 of a private address", "https://[2002:0a00:0001::]/"],
    ["Teredo", "https://[2001:0:1::1]/"],
    ["link-local", "https://[fe80::1]/"],
    ["unique local", "https://[fd00:ec2::254]/"],
    ["a cloud's metadata", "http://169.254.169.254/latest/meta-data"],
    ["a cloud's inside", "http://168.63.129.16/"],
    ["private 10", "https://10.0.0.1/"],
    ["private 172", "https://172.31.255.255/"],
    ["private 192", "https://192.168.1.1/"],
    ["carrier-grade NAT", "https://100.64.0.1/"],
    ["multicast", "https://224.0.0.1/"],
    ["broadcast", "https://255.255.255.255/"],
    ["IPv6 multicast", "https://[ff02::1]/"],
    ["a file", "file:///etc/passwd"],
    ["gopher", "gopher://127.0.0.1:6379/_FLUSHALL"],
    ["javascript", "javascript:alert(1)"],
    ["data", "data:text/plain,x"],
    ["ws", "wss://example.com/"],
    ["a name and password", "https://user:secret@example.com/"],
    ["a name alone", "https://user@example.com/"],
    ["no address", "example.com/hook"],
    ["nothing", ""],
    ["a very long one", `https://example.com/${"x".repeat(3_000)}`],
  ]) {
    it(`refuses ${why}`, () => {
      assert.throws(() => targets.check(url ?? ""), { code: "invalid_request" });
    });
  }

  it("takes public addresses and names, which are looked at when they are connected to", () => {
    for (const url of [
      "https://8.8.8.8/",
      "https://[2606:4700::1111]/a?b=c",
      "https://example.com:8443/",
      "http://hooks.example/",
    ]) {
      assert.equal(targets.check(url).href, url);
    }
    assert.ok(targets.allows("::ffff:8.8.8.8"));
    assert.ok(targets.allows("64:ff9b::808:808"), "a public address behind NAT64");
  });

  it("refuses whatever addresses this machine has itself", () => {
    for (const { address } of Object.values(networkInterfaces()).flatMap((own) => own ?? [])) {
      assert.equal(targets.allows(address), false, address);
    }
  });

  const look = (hostname: string, all: boolean, from = targets) =>
    new Promise<string | LookupAddress[]>((resolve, reject) => {
      from.lookup(hostname, { all }, (error, address) => (error ? reject(error) : resolve(address)));
    });

  it("a name is judged by the addresses it has when it is connected to", async () => {
    await assert.rejects(look("localhost", true), { code: "EACCES" });
    await assert.rejects(look("localhost", false), { code: "EACCES" });
    const local = createTargets(() => ["127.0.0.0/8"]);
    assert.deepEqual(await look("localhost", true, local), [{ address: "127.0.0.1", family: 4 }]);
    assert.equal(await look("localhost", false, local), "127.0.0.1");
  });

  it("reaches what is allowed and no more, and counts a change at once", () => {
    const allowed: string[] = [];
    const some = createTargets(() => allowed);
    assert.throws(() => some.check("http://10.1.2.3/"));
    allowed.push("10.1.0.0/16", "fd00::/8", "127.0.0.1");
    for (const url of ["http://10.1.2.3/", "http://[fd12::1]/", "http://127.0.0.1:9/", "http://[::ffff:127.0.0.1]/"]) {
      some.check(url);
    }
    for (const url of ["http://10.2.0.1/", "http://127.0.0.2/", "http://[fe80::1]/"])
      assert.throws(() => some.check(url));
  });

  it("what is no network allows nothing", () => {
    const wrong = ["localhost", "10.0.0.0/33", "10.0.0.0/", "fd00::/129", "127.0.0.1/8/8", "*", "", "0/0"];
    for (const network of wrong) assert.equal(isNetwork(network), false, network);
    assert.equal(createTargets(() => wrong).allows("127.0.0.1"), false);
    for (const network of ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"]) assert.ok(isNetwork(network), network);
  });
});
