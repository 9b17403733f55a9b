// tries: to leave JavaScript by asm.js
// expect: success
function run(input) {
  function Module(stdlib, foreign, heap) {
    "use asm";
    var bytes = new stdlib.Uint8Array(heap);
    function read(at) {
      at = at | 0;
      return bytes[at >> 0] | 0;
    }
    return { read: read };
  }
  const { read } = Module(globalThis, {}, new ArrayBuffer(65536));
  return (read(70000) | 0) === 0 && (read(-1) | 0) === 0 ? "contained" : "read past the end";
}
