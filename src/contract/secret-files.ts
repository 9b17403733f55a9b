/** Files that hold secrets by their nature: nothing of them is sent to a model unasked. Pure, and without zod. */

/** By the last part of the path, in lower case. */
const names: readonly RegExp[] = [
  /^\.env(\.|$)|\.env$|^\.envrc$/,
  /\.(pem|key|p12|pfx|p8|jks|keystore|kdbx|asc|gpg|pgp|ppk|ovpn|keytab)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_\w+)?$/,
  /^\.?(npmrc|netrc|_netrc|pypirc|pgpass|my\.cnf|htpasswd|dockercfg|git-credentials|vault-token|boto|s3cfg)$/,
  /^_netrc$|^known_hosts$|^authorized_keys$/,
  /^(credentials|secrets?)(\.(json|ya?ml|toml|ini|xml|txt|properties))?$/,
  /(^|[._-])(secrets?|credentials?)\.(json|ya?ml|toml|ini|tfvars|properties)$/,
  /^(service[-_]?account|client[-_]secrets?).*\.json$/,
  /^kubeconfig(\.|$)|\.kubeconfig$|\.tfstate(\.backup)?$|\.tfvars$|\.mobileprovision$/,
];

/** By the whole path, with `/` between its parts, in lower case. */
const places: readonly RegExp[] = [
  /(^|\/)\.(ssh|aws|gnupg|azure|password-store)\//,
  /(^|\/)\.kube\/config$/,
  /(^|\/)\.docker\/config\.json$/,
  /(^|\/)\.config\/(gh|gcloud|hub)\//,
  /(^|\/)\.cargo\/credentials/,
];

/** Those that are there to be read. */
const samples = /\.(example|sample|template|dist|pub)$/;

/** True where a file of this path is known to hold secrets (`.env`, private keys, `credentials`, `.npmrc`, kubeconfig …). */
export function holdsSecrets(path: string): boolean {
  const plain = path.replaceAll("\\", "/").toLowerCase();
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  if (samples.test(name)) return false;
  return names.some((pattern) => pattern.test(name)) || places.some((pattern) => pattern.test(plain));
}
