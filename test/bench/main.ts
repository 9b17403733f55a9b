/** `npm run bench -- NAME`: measures us and what we compare with in the same run. */

/** Loaded when chosen: what one bench needs would count in another's memory. */
const benches: Readonly<Record<string, (argv: string[]) => Promise<void>>> = {
  conversations: async () => (await import("./conversations.ts")).benchConversations(),
  completion: async () => (await import("./completion.ts")).benchCompletion(),
  file: async (argv) => (await import("./file.ts")).benchFile(argv),
  sandbox: async () => (await import("./sandbox.ts")).benchSandbox(),
  soak: async (argv) => (await import("./soak.ts")).benchSoak(argv),
  window: async (argv) => (await import("./window.ts")).benchWindow(argv),
  synthesis: async (argv) => (await import("./synthesis/main.ts")).benchSynthesis(argv),
  validation: async () => (await import("./validation.ts")).benchValidation(),
  learning: async (argv) => (await import("./learning.ts")).benchLearning(argv),
  events: async () => (await import("./events.ts")).benchEvents(),
};

const [name = "", ...argv] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!bench) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
await bench(argv);
