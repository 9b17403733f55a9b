/** An answer that is JSON text already, in wire form; sent as it is. For answers too large, or too many, to be walked twice. */
export class PreparedJson {
  /** The text, or its UTF-8 in parts to be sent one after the other. */
  readonly content: string | readonly Buffer[];

  constructor(content: string | readonly Buffer[]) {
    this.content = content;
  }
}
