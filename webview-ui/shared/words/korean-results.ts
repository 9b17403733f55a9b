/** The words of the results grid in Korean. */
import type { ResultRowState } from "../../../src/contract/results.ts";
import type { englishResults } from "./english-results.ts";
import type { Formats } from "./format.ts";

export function koreanResults({ number }: Formats): ReturnType<typeof englishResults> {
  const resultStates: Record<ResultRowState, string> = {
    done: "완료",
    failed: "실패",
    kept: "이미 값이 있음",
    broken: "읽을 수 없음",
  };
  return {
    title: (file) => `결과: ${file}`,
    loading: "결과를 여는 중…",
    filter: "표시할 행",
    filters: {
      all: (n) => `모두 ${number(n)}`,
      failed: (n) => `실패 ${number(n)}`,
      unsure: (n) => `불확실 ${number(n)}`,
      changed: (n) => `변경됨 ${number(n)}`,
    },
    search: "행에서 검색",
    searching: "파일을 살펴보는 중…",
    shown: (rows) => `행 ${number(rows)}개`,
    copied: (rows) => `행 ${number(rows)}개를 복사했습니다.`,
    none: "해당하는 행이 없습니다.",
    tooMany: (shown, total) =>
      `행 ${number(total)}개 중 처음 ${number(shown)}개를 표시합니다. 나머지는 필터나 검색으로 찾을 수 있습니다.`,
    runAgain: (rows) => `실패한 행 ${number(rows)}개 다시 실행`,
    openInEditor: "편집기에서 열기",
    saveAs: "다른 이름으로 저장…",
    state: "상태",
    line: "줄",
    input: "입력",
    output: "출력",
    reason: "실패 이유",
    states: (state, unsure) =>
      unsure && state === "done" ? "완료했지만 예제만으로는 확실하지 않음" : resultStates[state],
  };
}
