/** Brings what an endpoint answers into the one form that is read: a stream of chunks. */

/** An answer that is no answer: what was wrong with its form. */
export class WrongForm extends Error {
  override readonly name = "WrongForm";
  readonly form: "not_compatible" | "broke_off" | "cut_off" | "endless";

  constructor(form: WrongForm["form"], said = "") {
    super(said);
    this.form = form;
  }
}

const mostBytes = 8_000_000;

/** The whole body, as long as it has an end. @throws WrongForm("endless"), and what reading throws */
export async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new WrongForm("endless");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

/**
 * A gateway that does not stream answers with one JSON document; it becomes a stream of one chunk. Web pages and the
 * like are told as what they are.
 * @throws WrongForm
 */
export async function asStream(
  response: Response,
): Promise<{ readonly response: Response; readonly streams: boolean }> {
  const type = response.headers.get("content-type") ?? "";
  if (/^text\/html\b/i.test(type)) throw new WrongForm("not_compatible", "a web page");
  if (!/^application\/json\b/i.test(type)) return { response, streams: true };
  const text = await readText(response);
  const chunk = wholeAnswer(text);
  if (chunk === undefined) throw new WrongForm("not_compatible", text);
  const body = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
  return { response: new Response(body, { headers: { "content-type": "text/event-stream" } }), streams: false };
}

/** The chunk that says the same as an answer that was not streamed; undefined for anything else. */
function wholeAnswer(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { choices, usage } = (body ?? {}) as { choices?: unknown; usage?: unknown };
  if (!Array.isArray(choices)) return undefined;
  const { message, finish_reason } = (choices[0] ?? {}) as { message?: unknown; finish_reason?: unknown };
  return { choices: [{ index: 0, delta: message ?? {}, finish_reason: finish_reason ?? "stop" }], usage };
}
