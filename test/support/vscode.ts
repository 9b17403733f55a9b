/** A real VS Code for the tests: VS Code's server on a free port with fresh data, opened with `chromium.ts`. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenOptions, quietSettings, startServer } from "../../scripts/lib/code-server.ts";

export interface VsCodeOptions {
  /** Folder whose copy is opened, so that a test may change it. */
  readonly workspace: string;
  /** Extension loaded from source (its folder). */
  readonly extensionPath?: string;
  /** Further extensions from source, beside one without `testsPath`. */
  readonly moreExtensions?: readonly string[];
  /** Module whose `run()` is called inside the extension host. VS Code shows no notifications then. */
  readonly testsPath?: string;
  /** Where packaged extensions are installed; a fresh, empty folder unless told. */
  readonly extensionsDir?: string;
  /** Settings, state and logs; a fresh folder unless told. */
  readonly dataDir?: string;
  /** User settings besides `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

export interface VsCode {
  /** The copy of the workspace that is open. */
  readonly workspace: string;
  readonly dataDir: string;
  /** The address to open in the browser; parts given here replace those given at the start. */
  url(options?: Partial<OpenOptions>): string;
  /** Ends the server and removes what was made for it. */
  stop(): Promise<void>;
}

/** Starts VS Code's server (installing it first where it is missing) on a copy of the workspace. */
export async function startVsCode(options: VsCodeOptions): Promise<VsCode> {
  const temporary = await mkdtemp(join(tmpdir(), "hapa-vscode-"));
  const workspace = join(temporary, "workspace");
  const dataDir = options.dataDir ?? join(temporary, "data");
  try {
    await cp(options.workspace, workspace, { recursive: true });
    const { extensionPath, testsPath } = options;
    const server = await startServer({
      dataDir,
      extensionsDir: options.extensionsDir ?? join(temporary, "extensions"),
      settings: { ...quietSettings, ...options.settings },
      ...(testsPath
        ? { testDriver: true }
        : { linkedExtensions: [extensionPath ?? [], options.moreExtensions ?? []].flat() }),
      ...(options.env ? { env: options.env } : {}),
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
    });
    const usual = {
      folder: workspace,
      ...(testsPath && extensionPath && { extensionPath }),
      ...(testsPath && { testsPath }),
    };
    return {
      workspace,
      dataDir,
      url: (open = {}) => server.url({ ...usual, ...open }),
      async stop() {
        await server.stop();
        await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
