// tries: to return what cannot even be asked its type
// expect: error
function run(input) {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}
