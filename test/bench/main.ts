/** `npm run bench -- NAME`: measures us and what we compare with in the same run. */
import { benchSandbox } from "./sandbox.ts";
import { benchSoak } from "./soak.ts";

const benches: Readonly<Record<string, (argv: string[]) => Promise<void>>> = {
  sandbox: benchSandbox,
  soak: benchSoak,
};

const [name = "", ...argv] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (!bench) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}
await bench(argv);
