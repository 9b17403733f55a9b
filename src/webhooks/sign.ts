/** Signatures of Standard Webhooks 1.0 (standardwebhooks.com), symmetric: HMAC-SHA256. */
import { createHmac } from "node:crypto";

/** A secret as it is shown: `whsec_` and the key in base64. */
export function showSecret(key: Buffer): string {
  return `whsec_${key.toString("base64")}`;
}

/**
 * @param at When it is sent, in ms since 1970; a receiver refuses what is too old, so that it cannot be replayed.
 * @param body The bytes that are sent, as text.
 */
export function signedHeaders(key: Buffer, messageId: string, at: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac("sha256", key).update(`${messageId}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": messageId, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
