/** The words of how a task learns in Korean. */
import type { Formats } from "../../shared/words/format.ts";
import type { englishSettings } from "./english-settings.ts";

export function koreanSettings({ number, usd }: Formats): ReturnType<typeof englishSettings> {
  return {
    title: "학습 방식",
    mayNot: "이 키로는 볼 수만 있고 바꿀 수 없습니다.",
    groups: {
      judged: "무엇을 판정하나요",
      judges: "누가 판정하나요",
      kept: "무엇을 저장하나요",
      better: "언제 개선하나요",
    },
    names: {
      samplingRate: "실행의 비율(%)",
      samplingStrategy: "판정할 실행",
      comparison: "맞는 출력의 기준",
      modelVerdictsPerDay: "모델의 하루 판정 수",
      modelUsdPerDay: "모델 판정의 하루 비용(USD)",
      privacyMode: "데이터 세트에 저장할 것",
      improve: "더 나은 버전",
      accuracyTarget: "목표 정확도(%)",
      latencyTargetMs: "호출 한 번의 시간(ms)",
    },
    hints: {
      samplingRate: "실행 가운데 이만큼이 판정을 기다립니다. 0이면 틀려도 알아차릴 수 없습니다.",
      comparison: "바꾸면 진행 중인 단계적 전환이 끝납니다.",
      modelVerdictsPerDay: "판정마다 모델에 세 번 묻고 다수를 따릅니다. 0이면 모델이 판정하지 않습니다.",
      modelUsdPerDay: "한도에 이르면 나머지는 사람의 판정을 기다립니다.",
      privacyMode: "데이터 세트 파일에만 해당합니다. HAPA의 데이터베이스에는 실행이 그대로 남습니다.",
      accuracyTarget: "프로그램은 이만큼 맞아야 실행됩니다. 이보다 낮아지면 더 나은 프로그램을 찾습니다.",
      latencyTargetMs: "더 오래 걸리는 호출은 실패합니다.",
    },
    options: {
      samplingStrategy: {
        random: ["무작위", "모든 실행이 뽑힐 확률이 같습니다."],
        stratified: ["출력마다 고르게", "드문 출력도 흔한 출력만큼 판정합니다. 절반은 무작위입니다."],
        edge: ["드문 것", "새롭거나 길거나 드물거나 애매한 입력을 먼저 봅니다. 절반은 무작위입니다."],
        adaptive: ["실패한 것과 비슷한 것", "변경 뒤에는 더 많이 봅니다. 절반은 무작위입니다."],
      },
      comparison: {
        exact: ["같은 값", "개체의 필드 순서는 따지지 않습니다."],
        text: ["같은 텍스트", "대소문자, 공백, 따옴표의 종류는 따지지 않습니다."],
        number: ["같은 수", "반올림 차이와 텍스트로 쓰였는지는 따지지 않습니다."],
        unordered: ["같은 요소", "목록의 순서는 따지지 않습니다."],
        label: ["같은 레이블", "대소문자와 앞뒤 공백은 따지지 않습니다."],
        meaning: ["같은 뜻", "다른 표현은 읽어야 알 수 있습니다. 사람이나, 허용했다면 모델이 판정합니다."],
      },
      privacyMode: {
        strict: ["해시와 개수만", "입력과 출력은 저장하지 않습니다."],
        balanced: [
          "개인 정보를 가린 행",
          "찾아낸 이메일 주소, 전화번호, 신분 번호, 카드 번호, 키를 가립니다. 이름은 가리지 않습니다.",
        ],
        permissive: ["행 그대로", "개인 정보가 그대로 남습니다."],
      },
      improve: {
        auto: ["자동으로", "정정한 실패로 새 버전을 만듭니다. 새 버전은 단계적 전환에서 검증된 뒤에만 실행됩니다."],
        ask: ["요청할 때만", "배울 것이 있으면 HAPA가 알리고 기다립니다."],
        off: ["만들지 않음", "자주 틀려도 그대로 둡니다."],
      },
    },
    others: "검토 대기열의 사람과 레이블이 있는 행은 비용이 들지 않습니다. 모델은 여기서 허용한 만큼만 판정합니다.",
    noModel: "모델에 저절로 전송되는 것도, 드는 비용도 없습니다.",
    sent: (n, isMeaning) =>
      `하루에 입력이 ${number(n)}개까지 작업 설명${isMeaning ? ", 출력" : ""}과 함께 판정 모델로 전송됩니다.`,
    costs: (amount) =>
      `하루에 판정에 최대 ${usd(amount)}, 모델이 만든 프로그램이면 더 나은 버전에 최대 ${usd(amount)}까지 듭니다.`,
    noPrices: "HAPA 설정에 가격이 없으면 비용을 알 수 없으므로 판정 수로만 제한됩니다.",
    number: (least, most) => `${number(least)}~${number(most)} 사이의 수를 입력하세요.`,
    wholeNumber: (least, most) => `${number(least)}~${number(most)} 사이의 정수를 입력하세요.`,
    save: "저장",
    discard: "변경 취소",
    saved: "저장했습니다. 지금부터 적용됩니다.",
    discarded: "바뀐 것이 없습니다.",
    notSaved: (why) => `저장하지 못했습니다. ${why}`,
  };
}
