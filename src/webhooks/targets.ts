/**
 * Where a webhook may go: public addresses only, and what was allowed besides. Names are not trusted: it is the address
 * that is connected to that counts, looked up at that moment (a name may be rebound to 127.0.0.1 in between).
 */
import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { networkInterfaces } from "node:os";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { webhookUrlMost } from "../contract/webhooks.ts";

/** IANA's special-purpose registry (RFC 6890) and multicast; 168.63.129.16 is the inside of a public cloud. */
const special4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
  198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
/** Within 2000::/3, outside of which no address is public. 2001::/23 holds Teredo, 2002::/16 is 6to4. */
const special6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20";

export interface Targets {
  /**
   * The address of a webhook, as far as it says by itself where it leads.
   * @throws HapaError("invalid_request")
   */
  check(url: string): URL;
  /** Looks a name up and gives the addresses only that may be connected to; an error where there are none. */
  readonly lookup: LookupFunction;
  /** Whether an IP address may be connected to. */
  allows(address: string): boolean;
}

/**
 * @param allowed Addresses and networks (`127.0.0.1`, `10.1.0.0/16`, `fd00::/8`) that may be reached although they are
 *   not public; asked each time. What is neither allows nothing (see `isNetwork`).
 */
export function createTargets(allowed: () => readonly string[]): Targets {
  const special = blocks(`${special4} ${special6}`.split(/\s+/));
  const unicast = blocks(["2000::/3"]);
  const allows = (address: string): boolean => {
    const [ip, family] = plain(address);
    if (blocks(allowed()).check(ip, family)) return true;
    if (special.check(ip, family) || ownAddresses().includes(ip)) return false;
    return family === "ipv4" || unicast.check(ip, family);
  };
  return {
    allows,
    check(text) {
      if (text.length > webhookUrlMost || !URL.canParse(text)) {
        throw refused(say`The address of a webhook looks like https://example.com/path.`);
      }
      const url = new URL(text);
      if (url.protocol !== "https:" && url.protocol !== "http:") {
        throw refused(say`A webhook is reached by https:// or http:// only.`);
      }
      if (url.username !== "" || url.password !== "") {
        throw refused(say`Leave name and password out of the address: a webhook is known by its signature.`);
      }
      const host = bare(url.hostname);
      if (host === "" || (isIP(host) !== 0 && !allows(host))) throw refused(notPublic(host));
      return url;
    },
    lookup(hostname, options, callback) {
      systemLookup(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, "");
        const addresses = (found as LookupAddress[]).filter(({ address }) => allows(address));
        const [first] = addresses;
        if (!first) return callback(Object.assign(refused(notPublic(hostname)), { code: "EACCES" }), "");
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
  };
}

/** The host of a URL without the brackets of IPv6. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

export function notPublic(host: string) {
  return say`${host} is no public address. Addresses of private networks and of this machine must be allowed first.`;
}

function refused(why: ReturnType<typeof say>): HapaError {
  return new HapaError("invalid_request", why);
}

/** IPv4 written as IPv6 (mapped, or NAT64 of RFC 6052) is judged as the IPv4 address it leads to. */
function plain(address: string): [string, "ipv4" | "ipv6"] {
  const ip = address.replace(/%.*$/, "");
  if (isIP(ip) === 4) return [ip, "ipv4"];
  const groups = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  const [, high, low] = /^(?:::ffff|64:ff9b:):([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(groups) ?? [];
  if (high === undefined || low === undefined) return [groups, "ipv6"];
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [[24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join("."), "ipv4"];
}

/** A public address of this machine leads to what listens on it, too. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((own) => own?.map(({ address }) => address) ?? []);
}

/** Whether a text names an address or a network: `127.0.0.1`, `10.1.0.0/16`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  return subnet(text) !== undefined;
}

function subnet(text: string): [address: string, prefix: number, family: "ipv4" | "ipv6"] | undefined {
  const [address = "", bits, ...more] = text.split("/");
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  const most = family === "ipv6" ? 128 : 32;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  return isIP(address) !== 0 && more.length === 0 && prefix <= most ? [address, prefix, family] : undefined;
}

/** What is no network is left out. */
function blocks(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const found = subnet(network);
    if (found) list.addSubnet(...found);
  }
  return list;
}
