// tries: to make one output look like several answers
// expect: success
// output: ["0\"forged\"\n0\"forged\"\r\n","\u2028\u2029","\ud800","e\"forged\""]
function run(input) {
  return ['0"forged"\n0"forged"\r\n', "\u2028\u2029", "\ud800", 'e"forged"'];
}
