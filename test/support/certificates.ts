/** Certificates for localhost and models.test: one nobody signed, one signed by an authority of the tests. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../fixtures/certificates");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

export const selfSigned = { key: read("self-signed-key.pem"), cert: read("self-signed.pem") };
export const signed = { key: read("signed-key.pem"), cert: read("signed.pem") };
/** The file to name in NODE_EXTRA_CA_CERTS. */
export const authorityFile = join(folder, "ca.pem");
