/** `/mcp`: the Model Context Protocol, loaded when an agent first calls. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { McpParts } from "../mcp/server.ts";
import type { Handlers, RequestContext } from "../serve.ts";

export function mcpRoutes(parts: McpParts): Pick<Handlers, "mcp" | "mcpStream" | "mcpEnd"> {
  let loaded: Promise<ReturnType<typeof import("../mcp/server.ts").createMcp>> | undefined;
  return {
    async mcp({ body }, context) {
      loaded ??= import("../mcp/server.ts").then(({ createMcp }) => createMcp(parts));
      await (await loaded)(body, context);
      return undefined;
    },
    mcpStream: (_, context) => onlyPost(context),
    mcpEnd: (_, context) => onlyPost(context),
  };
}

/** What is answered to the methods of HTTP that this server has no use for. */
function onlyPost(context: RequestContext): never {
  context.header("Allow", "POST");
  const message = say`MCP is spoken by POST here: there is no stream to listen to, and no session to end.`;
  throw new HapaError("method_not_allowed", message);
}
