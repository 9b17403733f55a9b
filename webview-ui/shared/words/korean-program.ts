/** The words of a program's card, in Korean. */
import type { Verification } from "../../../src/contract/artifacts.ts";
import { type englishProgram, scoreOf } from "./english-program.ts";
import type { Formats } from "./format.ts";

export function koreanProgram({ number, percent }: Formats): ReturnType<typeof englishProgram> {
  const right = ({ heldOut }: Verification): string =>
    `${number(heldOut.total)}개 중 ${number(heldOut.passed)}개를 맞혔습니다.`;
  const methods: Record<Verification["method"], (v: Verification) => string> = {
    hold_out: (v) => `생성할 때 보여 주지 않은 예제로 확인했습니다. ${right(v)}`,
    leave_one_out: (v) => `예제를 하나씩 빼고, 나머지로 학습한 프로그램이 그 예제를 예측하게 했습니다. ${right(v)}`,
    cross_validation: (v) =>
      `예제를 묶음으로 나누고, 나머지로 학습한 프로그램이 각 묶음을 예측하게 했습니다. ${right(v)}`,
    shown_only: () => "예제가 적어 확인용으로 따로 남기지 못했습니다. 한두 개 더 추가하면 더 확실하게 검증됩니다.",
  };
  return {
    resultCard: (question) => `프로그램: ${question}`,
    proven: (v) => {
      const { passed, total, heldOut } = scoreOf(v);
      if (total === 0) return "검증할 예제가 없음";
      const proven = `예제 ${number(total)}개 중 ${number(passed)}개로 검증됨`;
      return heldOut > 0 ? `${proven}, 그중 ${number(heldOut)}개는 보여 주지 않은 예제` : proven;
    },
    notProven: (v) => {
      const { passed, total } = scoreOf(v);
      return total === 0 ? "검증되지 않음" : `검증되지 않음: 예제 ${number(total)}개 중 ${number(passed)}개만 맞음`;
    },
    method: (v) => methods[v.method](v),
    accuracy: (share, target) => `정확도 ${percent(share)}, 필요한 정확도는 ${percent(target)}입니다.`,
    rehearsal: (total, failed) =>
      failed === 0
        ? `선택한 ${number(total)}줄에서 오류 없이 실행되었습니다.`
        : `선택한 ${number(total)}줄에서 실행했으며, ${number(failed)}줄은 실패했습니다.`,
    latency: (ms) => `호출당 ${ms < 0.001 ? "0.001ms 미만" : `${ms.toFixed(ms < 1 ? 3 : 1)}ms`}`,
    learnedOffline: "오프라인으로 학습",
    madeByPerson: "직접 작성",
    madeBy: (model) => (model === null ? "모델이 생성" : `생성 모델: ${model}`),
    programVersion: (version) => `버전 ${version}`,
    failures: "잘못된 결과",
    failuresHeldBack: "남겨 둔 예제에서 잘못된 결과",
    input: "입력",
    expected: "예상",
    got: "결과",
    heldOut: "남겨 둔 예제",
    preview: "선택한 줄의 결과",
    previewPart: (shown, total) =>
      shown < total ? `${number(total)}줄 중 처음 ${number(shown)}줄` : `${number(total)}줄`,
    output: "출력",
    failedLine: "실패",
    emptyValue: "(비어 있음)",
    showCode: "프로그램 코드",
    oddExample: (example) =>
      `실수로 보이는 예제가 있어 프로그램에 반영하지 않았습니다: ${example}. 이 예제를 고치거나 비슷한 예제를 더 추가하세요.`,
    whichIsRight: "어느 것이 맞나요?",
    whichIsRightLabel: (question) => `어느 것이 맞나요? 질문: ${question}`,
    doubtsExplained: (lines) =>
      `예제만으로는 ${number(lines)}줄의 결과를 정할 수 없습니다. 선택한 답은 예제로 추가됩니다.`,
    doubtsLeft: (lines) => `정해야 할 줄이 ${number(lines)}개 있습니다. 어느 것이 맞나요?`,
    doubtQuestion: (input) => `“${input}”의 결과는 무엇이어야 하나요?`,
    asNow: "현재 결과",
    somethingElse: "직접 입력…",
    useAnswer: "사용",
    skip: "건너뛰기",
    skipLabel: (input) => `“${input}” 건너뛰기`,
    learningMore: "답을 학습하는 중",
    apply: (lines) => `선택한 ${number(lines)}줄에 적용`,
    applyHint: "변경 내용을 먼저 보여 줍니다. 수락하기 전에는 아무것도 바뀌지 않습니다.",
    runOnFile: "파일에서 실행…",
    saveTask: "작업으로 저장",
  };
}
