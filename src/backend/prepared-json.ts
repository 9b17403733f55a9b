/** An answer that is JSON text already, in wire form; sent as it is. For answers too large to be walked twice. */
export class PreparedJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
