// tries: the way out of vm2: call sites of the host's frames
// expect: success
function run(input) {
  let found = "contained";
  try {
    Error.prepareStackTrace = (_, sites) => sites;
    const { stack } = new Error("look");
    if (Array.isArray(stack)) for (const site of stack) if (site.getThis() || site.getFunction()) found = "escaped";
  } catch {}
  if (String(new Error("x").stack).includes("/")) found = "paths";
  return found;
}
