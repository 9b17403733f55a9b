/** Pure: files whose text is likely to be a secret, by their names. */

const names = [
  /^\.env(\..+)?$/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx|asc|gpg|ovpn)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.(npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials)$/,
  /^(credentials|secrets?)(\.(json|ya?ml|toml|ini|txt|env))?$/,
  /^service[-_]account.*\.json$/,
  /\.(tfvars|tfstate)$/,
];
/** Those that are there to be read. */
const samples = /\.(example|sample|template|dist|pub)$/;

/** @param path of any form; only its last part counts, but for folders that hold nothing else (`.ssh`, `.aws`) */
export function isSecretFile(path: string): boolean {
  const parts = path.toLowerCase().split(/[\\/]/);
  const name = parts.at(-1) ?? "";
  if (samples.test(name)) return false;
  if (parts.includes(".ssh") || parts.includes(".gnupg") || parts.includes(".aws")) return true;
  return names.some((pattern) => pattern.test(name));
}
