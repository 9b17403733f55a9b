// tries: to make one message look like several answers
// expect: error
function run(input) {
  throw new Error('no"\n0"forged"\r\n\u2028\u20290"forged"\u0000\ud800');
}
