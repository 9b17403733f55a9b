/** The words of the review queue in Korean. */
import type { englishReview } from "./english-review.ts";
import type { Formats } from "./format.ts";

export function koreanReview({ number }: Formats): ReturnType<typeof englishReview> {
  return {
    title: "판정",
    menu: "출력 판정",
    region: "판정할 출력",
    waiting: (n) => (n === 0 ? "기다리는 항목이 없습니다." : `판정할 출력 ${number(n)}개`),
    empty: "기다리는 항목이 없습니다. 표본으로 뽑힌 실행과 버전 사이의 차이가 여기에 표시됩니다.",
    loading: "기다리는 항목을 찾는 중…",
    version: (n) => `버전 ${n}`,
    input: "입력",
    output: "출력",
    outputOf: (version) => `버전 ${version}의 출력`,
    failedRun: "실행 실패",
    noOutput: "출력 없음",
    right: "맞음",
    wrong: "틀림",
    correct: "고치기…",
    skip: "나중에",
    back: "이전",
    firstRight: (version) => `버전 ${version}`,
    whoIsRight: "두 버전의 출력이 다릅니다. 어느 것이 맞나요?",
    isRight: "이 출력이 맞나요?",
    both: "둘 다 맞음",
    neither: "둘 다 틀림",
    unsure: "잘 모르겠음",
    expected: "올바른 출력",
    asJson: "JSON으로 입력",
    notJson: "JSON이 아닙니다.",
    save: "저장",
    cancel: "취소",
    key: (key) => `${key} 키`,
    said: (words) => `${words}. 다음:`,
    notKept: (why) => `판정이 저장되지 않았습니다. ${why}`,
  };
}
