/** The main job in a VS Code that is set to Korean: everything HAPA says there is Korean, what its backend says, too. */
import { before, describe, it } from "mocha";
import type { Workbench } from "./workbench.ts";

export function koreanEditorStory(inWindow: () => Workbench): void {
  describe("the editor in Korean", () => {
    let window: Workbench;
    before(async () => {
      window = inWindow();
    });

    it("menu, boxes, notification and buttons", async () => {
      await window.button(/^HAPA, 오프라인/).waitFor();
      await window.open("names.txt");
      await window.selectLines(10);
      await window.chooseInMenu(/^선택 영역 변환…/);
      await window.asked(/^선택 영역 변환: “입력 => 출력”으로 예제를 주세요$/);
      await window.answer("Lovelace, Ada => Ada Lovelace");
      await window.asked(/^선택 영역 변환: 예제 1개$/);
      await window.answer("Hopper, Grace => Grace Hopper");
      await window.asked(/예제 2개/);
      await window.answer("Turing, Alan => Alan Turing");
      await window.asked(/예제 3개/);
      await window.screenshot("korean-examples");
      await window.pick("완료");
      await window.proposes("Karen Hamilton");
      await window.toast("10줄 중 10줄이 바뀝니다. 검증 결과: 예제 3개 중 3개 정답").waitFor();
      await window.screenshot("korean-diff");
      await window.command("HAPA: 미리 보기 수락", window.button(/^미리 보기 수락/));
      await window.diff.waitFor({ state: "detached" });
      await window.choose(window.toast("프로그램을 보관할까요?").getByRole("button", { name: "작업으로 저장…" }));
      await window.asked(/^작업으로 저장$/);
      await window.answer("이름 바꾸기");
      await window.toast("“이름 바꾸기”을(를) 저장했습니다.").waitFor();
      await window.dismissToasts();
    });

    it("an error of the backend", async () => {
      await window.selectLines(4);
      await window.command("HAPA: 선택 영역 변환…");
      await window.asked(/예제를 주세요/);
      await window.answer("a => b");
      await window.asked(/예제 1개/);
      await window.answer("a => c");
      await window.asked(/예제 2개/);
      await window.pick("완료");
      await window.toast("HAPA: 예제 1과(와) 2이(가) 모순됩니다.").waitFor();
      await window.screenshot("korean-error");
      await window.dismissToasts();
    });

    it("the view of programs", async () => {
      await window.command("HAPA: 프로그램 새로 고침");
      await window.openPanel();
      await window.page.getByRole("treeitem", { name: /^이름 바꾸기: 버전 1 실행 중, 정확도 100%/ }).waitFor();
      await window.screenshot("korean-programs");
    });
  });
}
