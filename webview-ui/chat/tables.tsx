/** The card's two tables: what went wrong, and what the program makes of the person's own lines. */
import { Fragment, type ReactNode } from "react";
import type { CaseFailure } from "../../src/contract/artifacts.ts";
import type { PreviewRow } from "../../src/contract/webview.ts";
import type { JsonValue } from "../../src/contract/wire.ts";
import { strings } from "../shared/strings.ts";

/** Of a proven program they were made while an example was held back (with few examples: by one learned without it). */
export function FailureTable({
  failures,
  proven,
}: {
  readonly failures: readonly CaseFailure[];
  readonly proven: boolean;
}) {
  const caption = proven && failures.every(({ heldOut }) => heldOut) ? strings.failuresHeldBack : strings.failures;
  return (
    <Table caption={caption} columns={[strings.input, strings.expected, strings.got]}>
      {failures.map((failure, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes; two failures may be equal
        <tr key={position}>
          <td>
            <Value value={failure.input} />
            {failure.heldOut ? <span className="tag">{strings.heldOut}</span> : null}
          </td>
          <td>
            <Value value={failure.expected} />
          </td>
          <td className="error-text">
            {failure.status === "success" ? (
              <Value value={failure.actual} />
            ) : (
              (failure.errorMessage ?? failure.status.replaceAll("_", " "))
            )}
          </td>
        </tr>
      ))}
    </Table>
  );
}

export function PreviewTable({ rows, total }: { readonly rows: readonly PreviewRow[]; readonly total: number }) {
  return (
    <Table
      caption={strings.preview}
      detail={strings.previewPart(rows.length, total)}
      columns={[strings.input, strings.output]}
    >
      {rows.map((row, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the preview never changes; lines may be equal
        <tr key={position}>
          <td className="dim">
            <Value value={row.input} />
          </td>
          {row.output === null ? (
            <td className="error-text">{row.error ?? strings.failedLine}</td>
          ) : (
            <td>
              <Value value={row.output} />
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

interface TableProps {
  readonly caption: string;
  readonly detail?: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}

function Table({ caption, detail, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it is reached by keyboard
    <div className="table-scroll" role="group" tabIndex={0} aria-label={caption}>
      <table>
        <caption>
          {caption}
          {detail === undefined ? null : <span className="dim"> · {detail}</span>}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** Text as it is, other values as JSON, breaking after punctuation; an empty text is named, as it would look missing. */
export function Value({ value }: { readonly value: JsonValue }) {
  if (value === "") return <span className="dim">{strings.emptyValue}</span>;
  const pieces = (typeof value === "string" ? value : JSON.stringify(value)).split(/(?<=[@._/\\:;,&?=-])/);
  return (
    <span className="value">
      {pieces.map((piece, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one value, which never changes
        <Fragment key={position}>
          {piece}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
