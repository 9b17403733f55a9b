/** What a failed request says about its cause. */

/** The system's code for a failed connection, which stands somewhere down the chain of causes; empty where there is none. */
export function systemCode(error: unknown): string {
  for (let at = error, depth = 0; at && depth < 6; at = (at as Error).cause, depth++) {
    const { code, errors } = at as { code?: unknown; errors?: unknown[] };
    if (Array.isArray(errors) && errors.length > 0) return systemCode(errors[0]);
    if (typeof code === "string" && code !== "UND_ERR_ABORTED") return code;
  }
  return "";
}

/** Whether a proxy wants a name and a password: it says so by a status of its own, or instead of opening the tunnel. */
export function isProxyRefusal(error: unknown): boolean {
  for (let at = error, depth = 0; at && depth < 6; at = (at as Error).cause, depth++) {
    const { message, status } = at as { message?: unknown; status?: unknown };
    if (status === 407 || (typeof message === "string" && /\b407\b/.test(message) && /proxy/i.test(message)))
      return true;
  }
  return false;
}

/** Seconds until it may be asked again, by a `Retry-After` header in either of its forms. */
export function retryAfterSeconds(header: string | null | undefined, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Whether a system's code for a failed connection is about the other side's certificate. */
export function isCertificateCode(code: string): boolean {
  return /CERT|^UNABLE_TO_(GET|VERIFY)|SELF_SIGNED|^ERR_TLS_CERT/.test(code);
}
