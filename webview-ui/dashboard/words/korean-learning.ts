/** The words of rollouts, groups of failures and improvements in Korean. */
import type { Improvement, ImprovementTrigger } from "../../../src/contract/improvements.ts";
import type { Rollout } from "../../../src/contract/rollouts.ts";
import type { ReferenceState } from "../../../src/contract/validations.ts";
import type { Formats } from "../../shared/words/format.ts";
import type { englishLearning } from "./english-learning.ts";

export function koreanLearning({ number, percent, usd }: Formats): ReturnType<typeof englishLearning> {
  const rolloutStates: Record<Rollout["state"], string> = {
    running: "진행 중",
    paused: "일시 중지",
    promoted: "전환됨",
    rolled_back: "되돌려짐",
    undecided: "결정되지 않음",
  };
  const stages: Record<Rollout["stage"], string> = {
    shadow: "관찰",
    tenth: "10%",
    half: "50%",
    full: "100%",
    stopped: "중단됨",
  };
  const improvementStates: Record<Improvement["state"] | "promoted", string> = {
    making: "만드는 중",
    rolling_out: "단계적 전환 중",
    promoted: "실행 중",
    needs_person: "확인 필요",
    failed: "더 나은 버전 없음",
    cancelled: "취소됨",
  };
  const triggers: Record<ImprovementTrigger, string> = {
    person: "요청함",
    accuracy: "정확도가 목표보다 낮아짐",
    cluster: "비슷한 실패가 늘어남",
    corrections: "정정이 들어옴",
    drift: "입력이 달라짐",
  };
  const referenceStates: Record<ReferenceState, string> = {
    ready: "이 프로그램의 출력을 올바른 출력으로 봅니다.",
    missing: "프로그램이 없어져 판정하지 않습니다.",
    itself: "지금 실행되는 프로그램이므로 다른 버전의 출력만 판정합니다.",
    resting: "최근에 끝까지 실행되지 못했습니다. 1분이 지나면 다시 시도합니다.",
  };
  return {
    rollout: {
      title: "단계적 전환",
      live: "진행 중인 단계적 전환",
      none: "아직 단계적 전환이 없습니다. 더 나은 버전이 만들어지면 먼저 지금 버전과 함께 실행해 봅니다.",
      versions: (from, to) => `버전 ${from} → ${to}`,
      states: rolloutStates,
      stages,
      share: (share) => `새 버전이 요청의 ${percent(share)}에 응답합니다`,
      shadow: "새 버전이 함께 실행되지만 아직 응답하지는 않습니다",
      requests: "둘 다 실행한 요청",
      differing: "다른 출력",
      judged: "판정됨",
      score: (candidate, incumbent) => `새 버전 ${number(candidate)} : ${number(incumbent)} 지금 버전`,
      scoreLabel: "한쪽만 정답",
      failures: "한쪽만 실패",
      evidence: "증거",
      goals: { better: "더 낫다", not_worse: "나쁘지 않다" },
      worse: "더 나쁘다",
      failing: "더 자주 실패한다",
      of: (value, needed) => `${value} / ${needed}`,
      how: "아무리 자주 보아도 유효한 E-값입니다. 오른쪽 숫자에 이르면 결정됩니다.",
      pause: "일시 중지",
      resume: "계속",
      promote: "지금 전환",
      rollBack: "되돌리기",
      confirmPromote: (version) => `이제부터 버전 ${version}이(가) 모든 요청에 응답합니다.`,
      confirmBack: (version) => `버전 ${version}이(가) 다시 모든 요청에 응답합니다.`,
      doIt: "예",
      keep: "아니요",
      startedBy: { person: "사람이 시작함", hapa: "HAPA가 시작함" },
      endedBy: { person: "사람이 끝냄", hapa: "HAPA가 끝냄" },
      replay: "무엇이 달라지나요?",
      replayed: (changed, ran, failing) =>
        `기록된 입력 ${number(ran)}개 중 ${number(changed)}개의 출력이 달라집니다.${failing > 0 ? ` ${number(failing)}개는 실패합니다.` : ""}`,
      before: "이전",
      after: "이후",
      fails: "실패",
      disagreements: (n) => `판정할 차이 ${number(n)}개`,
    },
    clusters: {
      title: "실패의 공통점",
      none: "알려진 실패 묶음이 없습니다.",
      size: (n, share) => `실패 ${number(n)}개, 전체의 ${percent(share)}`,
      seen: (first, last) => `처음 ${first}, 마지막 ${last}`,
      grew: (when) => `이전보다 잦아짐(${when} 확인)`,
      right: (right, n) => `이런 입력 ${number(n)}개 중 ${number(right)}개가 정답`,
      notJudged: "무작위로 뽑은 이런 입력 중 아직 판정된 것이 없습니다.",
      input: "입력",
      output: "출력",
      expected: "올바른 출력",
      nothing: "없음",
    },
    improvements: {
      title: "개선",
      none: "아직 없습니다.",
      improve: "지금 개선",
      asked: "더 나은 버전을 찾고 있습니다.",
      states: improvementStates,
      triggers,
      learned: (corrections, heldOut) => `정정 ${number(corrections)}개로 배우고 따로 둔 ${number(heldOut)}개로 측정함`,
      scores: (before, after) => `따로 둔 것: 정답 ${before} → ${after}`,
      score: (right, n) => `${number(right)}/${number(n)}`,
      attempts: (n) => `시도 ${number(n)}번`,
      cost: (amount) => usd(amount),
      lost: (n) => `지금 버전이 맞히는 행 ${number(n)}개를 틀리게 됩니다.`,
      allow: "그래도 전환",
    },
    reference: {
      title: "판정 기준",
      none: "없습니다. 정답이 적힌 행이나 믿을 수 있는 다른 프로그램으로 표본 실행을 판정할 수 있습니다.",
      rows: (n) => `정답이 적힌 행 ${number(n)}개`,
      states: referenceStates,
      is: (version) => `버전 ${version}`,
      gone: (version) => `삭제된 작업의 버전 ${version}`,
      removeRows: "행 없애기",
      removeProgram: "프로그램 없애기",
      sure: (n) => `정답이 적힌 행 ${number(n)}개를 여기서 삭제합니다. 이미 내린 판정은 남습니다.`,
      choose: "프로그램 선택",
      task: "작업",
      thisTask: "이 작업",
      version: "버전",
      choice: (version, language, active) => `버전 ${version} (${language}${active ? ", 지금 실행 중" : ""})`,
      noVersion: "사용할 수 있는 버전이 없습니다.",
      use: "이 프로그램으로 판정",
      leave: "취소",
    },
  };
}
