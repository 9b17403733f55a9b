/** Every command, loaded when it is first used. */
import * as vscode from "vscode";
import type { App } from "../app.ts";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import type { AboutProblems } from "../validation/actions.ts";
import { readArguments } from "./arguments.ts";

interface CommandModule {
  readonly run: (app: App, args: unknown) => Promise<unknown>;
}

const commands: Readonly<Record<string, () => Promise<CommandModule>>> = {
  "hapa.trySample": () => import("./try-sample.ts"),
  "hapa.generateCode": () => import("./generate-code.ts"),
  "hapa.generateProgram": () => import("./generate-program.ts"),
  "hapa.transformSelection": () => import("./transform-selection.ts"),
  "hapa.runOnSelection": () => import("./run-on-selection.ts"),
  "hapa.runOnFile": () => import("./run-on-file.ts"),
  "hapa.chooseModel": () => import("./choose-model.ts"),
  "hapa.testConnection": () => import("./test-connection.ts"),
  "hapa.setApiKey": () => import("./set-api-key.ts"),
  "hapa.setUpPython": () => import("./set-up-python.ts"),
  "hapa.openPanel": () => import("./open-panel.ts"),
  "hapa.openDashboard": () => import("./open-dashboard.ts"),
  "hapa.copyApiKey": () => import("./copy-api-key.ts"),
  "hapa.openSettings": () => import("./open-settings.ts"),
  "hapa.doctor": () => import("./doctor.ts"),
  "hapa.showLog": () => import("./show-log.ts"),
  "hapa.toggleCompletion": () => import("./toggle-completion.ts"),
  "hapa.preview.accept": async () => ({ run: (app) => app.previews.accept() }),
  "hapa.preview.ask": async () => ({ run: (app, args) => app.previews.ask(readArguments(args)) }),
  "hapa.showResults": () => import("./show-results.ts"),
  "hapa.preview.discard": async () => ({ run: (app) => app.previews.discard() }),
  "hapa.validateFile": () => import("./validate.ts"),
  "hapa.validateSelection": async () => {
    const { run } = await import("./validate.ts");
    return { run: (app) => run(app, { selection: true }) };
  },
  "hapa.validateAgain": () => import("./validate-again.ts"),
  "hapa.fixProblem": () => asking("fix"),
  "hapa.explainProblem": () => asking("explain"),
  "hapa.programs.start": async () => ({ run: (app) => app.programs.refresh() }),
  "hapa.programs.refresh": async () => ({ run: (app) => app.programs.refresh() }),
  "hapa.programs.open": async () => ({ run: (await import("../programs-view/look.ts")).open }),
  "hapa.programs.compare": async () => ({ run: (await import("../programs-view/look.ts")).compare }),
  "hapa.programs.activate": async () => ({ run: (await import("../programs-view/change.ts")).activate }),
  "hapa.programs.rollBack": async () => ({ run: (await import("../programs-view/change.ts")).rollBack }),
  "hapa.programs.rename": async () => ({ run: (await import("../programs-view/change.ts")).rename }),
  "hapa.programs.delete": async () => ({ run: (await import("../programs-view/change.ts")).remove }),
  "hapa.programs.undelete": async () => ({ run: (await import("../programs-view/change.ts")).undelete }),
  "hapa.programs.export": () => import("../export-program/command.ts"),
  "hapa.programs.createFile": () => import("../task-files/create.ts"),
  "hapa.taskFile.generate": async () => ({ run: (await import("../programs-view/generate.ts")).generate }),
  "hapa.taskFile.improve": async () => ({ run: (await import("../programs-view/generate.ts")).improve }),
  "hapa.taskFile.run": async () => ({ run: (await import("../programs-view/generate.ts")).runTask }),
  "hapa.byExample.start": async () => ({ run: (await import("./by-example.ts")).start }),
  "hapa.byExample.startColumn": async () => ({ run: (await import("./by-example.ts")).startColumn }),
  "hapa.byExample.show": async () => ({ run: (await import("./by-example.ts")).show }),
  "hapa.byExample.accept": async () => ({ run: (await import("./by-example.ts")).accept }),
  "hapa.byExample.ask": async () => ({ run: (await import("./by-example.ts")).ask }),
  "hapa.byExample.leave": async () => ({ run: (await import("./by-example.ts")).leave }),
  "hapa.byExample.menu": async () => ({ run: (await import("./by-example.ts")).menu }),
};

/** Only code actions use these, which give what they are about. */
async function asking(command: "fix" | "explain"): Promise<CommandModule> {
  const { run } = await import("./ask-about-problem.ts");
  return { run: (app, about) => run(app, command, about as AboutProblems) };
}

/** What a caller gets back where a command failed; the person was shown the message. */
export interface CommandFailure {
  readonly state: "failed" | "stopped";
  readonly message: string;
  readonly code?: string;
}

export function registerCommands(app: App): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, load]) =>
    vscode.commands.registerCommand(name, async (args: unknown): Promise<unknown> => {
      try {
        return await (await load()).run(app, args);
      } catch (error) {
        const { message, code, stopped } = showError(app.log, error);
        const failure: CommandFailure = {
          state: stopped ? "stopped" : "failed",
          message: inWords(message),
          ...(code ? { code } : {}),
        };
        return failure;
      } finally {
        app.backend.tell();
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
