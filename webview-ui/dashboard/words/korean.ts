/** The dashboard's words in Korean. */
import type { Formats } from "../../shared/words/format.ts";
import { koreanReview } from "../../shared/words/korean-review.ts";
import { type english, short } from "./english.ts";
import { koreanLearning } from "./korean-learning.ts";
import { koreanSettings } from "./korean-settings.ts";

export function korean(format: Formats): ReturnType<typeof english> {
  const { number, percent, usd } = format;
  return {
    format,
    review: koreanReview(format),
    nav: "페이지",
    overview: "개요",
    live: "실시간",
    connecting: "연결하는 중…",
    theme: "색",
    themes: { system: "시스템 설정", light: "밝게", dark: "어둡게" },
    leave: "세션 닫기",
    skip: "본문으로",
    loading: "불러오는 중…",
    notRead: (why) => `지금은 표시할 수 없습니다. ${why}`,
    unreachable: "서버가 응답하지 않습니다. 다시 응답하면 이어집니다.",
    locked: {
      title: "HAPA에서 대시보드를 여세요",
      why: "이 브라우저에는 서버와의 세션이 없거나 세션이 끝났습니다. 링크로 한 번 들어올 수 있습니다.",
      vscode: "VS Code에서",
      vscodeHow: "“HAPA: 대시보드 열기” 명령을 실행하세요.",
      server: "서버에서",
      serverHow: "npm run serve로 시작하면 링크가 출력됩니다. 나중에는 키로 링크를 만들 수 있습니다.",
      opening: "여는 중…",
      failed: "링크로 열지 못했습니다.",
    },
    health: {
      title: "서버",
      ok: "정상",
      degraded: "일부가 동작하지 않음",
      stopping: "종료하는 중",
      unreachable: "응답 없음",
      rate: "초당 실행",
      rateLabel: (now, most) => `지난 1분 동안의 초당 실행: 지금 ${now}, 최대 ${most}`,
      runs: "전체 실행",
      failedRuns: "실패",
      latency: "지연 시간 p50 / p95",
      cache: "캐시 적중",
      cacheHow: (hits, all) => `응답 ${number(all)}개 중 ${number(hits)}개를 캐시에서 가져옴`,
      memory: "메모리",
      uptime: "가동 시간",
      engine: (engine, node) => `${engine}, Node ${node}`,
      asleep: "실행 중인 프로그램 없음",
      model: (name) => `모델 ${name}`,
      offline: "오프라인: 모델 없음",
      megabytes: (mb) => `${number(Math.round(mb))}MB`,
    },
    duration: (seconds) => {
      const minutes = Math.floor(seconds / 60);
      if (minutes < 1) return `${Math.floor(seconds)}초`;
      if (minutes < 60) return `${minutes}분`;
      const hours = Math.floor(minutes / 60);
      if (hours < 48) return `${hours}시간 ${minutes % 60}분`;
      return `${number(Math.floor(hours / 24))}일`;
    },
    latencies: (ms) => `${ms.map(short).join(" / ")}ms`,
    attention: {
      title: "확인이 필요한 것",
      waiting: (n) => `판정할 출력 ${number(n)}개`,
      judge: "판정하기",
      open: "보기",
    },
    tasks: {
      title: "작업",
      none: "아직 작업이 없습니다. VS Code의 “HAPA: 선택 영역 변환” 또는 POST /api/v1/tasks로 만드세요.",
      task: "작업",
      accuracy: "정확도",
      notJudged: "판정 없음",
      runs: "실행",
      failed: "실패",
      latency: "지연 시간",
      latencyHow: "중앙값, 95%가 이보다 빠름",
      version: "버전",
      noVersion: "없음",
      toJudge: "판정 대기",
    },
    accuracy: {
      title: "정확도",
      value: (value, n) => `판정 ${number(n)}개 중 ${percent(value)}`,
      between: (low, high) => `${percent(low)}~${percent(high)} 사이`,
      label: (value, low, high, n) =>
        `판정 ${number(n)}개 중 ${percent(value)} 정답, ${percent(low)}~${percent(high)} 사이`,
      target: (share) => `목표 ${percent(share)}`,
      chart: (points, versions) => `시간에 따른 정확도, 점 ${number(points)}개, ${versions}`,
      versions: (list) => `버전 ${list}`,
      how: (target) =>
        `무작위로 뽑아 판정한 실행입니다. 세로선: 95% 구간(Wilson, 모델만 판정했으면 더 넓음), 점선: 목표 ${percent(target)}.`,
      model: (right, ofRight, wrong, ofWrong) =>
        `판정하는 모델은 정답인 실행 ${number(ofRight)}개 중 ${number(right)}개를 정답으로, 오답인 실행 ${number(ofWrong)}개 중 ${number(wrong)}개를 오답으로 판정했습니다.`,
      modelUntried:
        "판정하는 모델을 아직 검증하지 못해 구간이 가장 넓습니다. 직접 몇 건을 판정하거나 정답 행을 제공하세요.",
      table: "표로 보기",
      when: "시각",
      version: "버전",
      share: "정답",
      interval: "95% 구간",
      verdicts: "판정",
      none: "아직 판정된 실행이 없습니다. 판정 대기열에서 판정하거나 모델에 맡기세요.",
      byClass: "올바른 출력별",
      byVersion: "버전별",
      output: "출력",
    },
    rates: {
      failed: "실패",
      timedOut: "시간 초과",
      abstained: "출력하지 않음",
      latency: "지연 시간 p50 / p95 / p99",
    },
    inputs: {
      title: "입력",
      learning: (seen) => `평소 모습을 익히는 중(${number(seen)}개 확인)`,
      accept: "이제 이 입력이 평소 모습입니다",
      usual: (seen) => `평소와 같음(${number(seen)}개 확인)`,
      changed: (ago) => `달라짐: ${ago}`,
    },
    change: {
      title: "정확도 추이",
      learning: "판단하기에는 판정이 적음",
      steady: "일정함",
      worse: (ago) => `나빠짐: ${ago}부터`,
    },
    ...koreanLearning(format),
    settings: koreanSettings(format),
    task: {
      description: "설명",
      rollBack: "이전 버전으로 되돌리기",
      gone: "이런 작업이 없거나 삭제되었습니다.",
      numbers: "수치",
      version: (n) => `버전 ${n} 실행 중`,
      noVersion: "실행 중인 버전 없음",
      spared: (n) => `모델 호출 ${number(n)}번 절약`,
      cost: (amount) => `프로그램 비용 ${usd(amount)}`,
    },
    ledger: {
      title: "프로그램이 아낀 것",
      calls: "절약한 모델 호출",
      callsHow: (n) => `출력을 낸 실행 하나를 모델 호출 한 번으로 셉니다: ${number(n)}번.`,
      money: "절약한 비용",
      noPrices: "가격 입력",
      moneyHow: (prompt, promptPrice, completion, completionPrice, spent) =>
        `입력 토큰 ${prompt}개 × ${promptPrice} + 출력 토큰 ${completion}개 × ${completionPrice}(백만 개당)에서 지금까지의 모델 비용 ${spent}을(를) 뺍니다.`,
      tokensHow: "토큰은 추정치입니다. 최근 실행을 기준으로 작업 설명, 입력, 출력의 4바이트를 토큰 하나로 셉니다.",
      time: "절약한 시간",
      timeHow: (calls, seconds, own) =>
        `호출 ${calls}번 × 모델 호출 한 번에 ${seconds}초에서 프로그램이 쓴 ${own}을(를) 뺍니다.`,
      how: "계산 방법",
      prices: (model) => `설정에 있는 ${model}의 가격입니다.`,
      ownPrices: "여기에 입력한 가격입니다.",
      noPricesHow: "HAPA 설정에 가격이 없습니다. 대신 사용했을 모델의 가격을 입력하세요.",
      promptPrice: "입력 토큰 백만 개당 USD",
      completionPrice: "출력 토큰 백만 개당 USD",
      seconds: "모델 호출 한 번에 걸리는 초",
      made: (calls, cost) => `그래도 모델을 ${number(calls)}번 호출했고 비용은 ${cost}입니다.`,
    },
    feed: {
      title: "일어난 일",
      none: "아직 없습니다.",
      "task.created": "작업이 만들어짐",
      "task.changed": "작업이 바뀜",
      "task.deleted": "작업이 삭제됨",
      "artifact.created": (version) => `버전 ${version} 만들어짐`,
      "artifact.activated": (version) => (version === "" ? "실행되는 버전 없음" : `버전 ${version} 실행`),
      "improvement.started": "더 나은 버전을 만드는 중",
      "improvement.ended": (outcome) => `개선: ${outcome}`,
      "rollout.started": "단계적 전환 시작",
      "rollout.stage": (stage) => `단계적 전환: ${stage} 단계`,
      "rollout.paused": "단계적 전환 일시 중지",
      "rollout.resumed": "단계적 전환 계속",
      "rollout.promoted": "전환됨: 새 버전 실행",
      "rollout.rolled_back": "되돌려짐: 지금 버전 유지",
      "rollout.undecided": "차이 없이 끝난 단계적 전환: 결정하세요",
      other: (type) => type,
    },
    reviewPage: {
      done: (n) => `이번에 ${number(n)}개 판정`,
      pace: (perMinute) => `분당 ${number(Math.round(perMinute))}개`,
      mayNot: "이 키로는 볼 수만 있고 판정할 수 없습니다.",
    },
  };
}
