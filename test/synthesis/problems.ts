/** Transformation problems as people meet them: three examples to learn from, and rows the program has not seen. */
import type { JsonValue } from "../../src/contract/wire.ts";

export interface Problem {
  readonly name: string;
  readonly shown: readonly (readonly [JsonValue, JsonValue])[];
  readonly held: readonly (readonly [JsonValue, JsonValue])[];
}

const problem = (name: string, shown: Problem["shown"], held: Problem["held"]): Problem => ({ name, shown, held });

export const problems: readonly Problem[] = [
  problem(
    "last name first",
    [
      ["John Smith", "Smith, John"],
      ["Ada Lovelace", "Lovelace, Ada"],
      ["Alan Turing", "Turing, Alan"],
    ],
    [
      ["Grace Hopper", "Hopper, Grace"],
      ["Tim Lee", "Lee, Tim"],
    ],
  ),
  problem(
    "initials",
    [
      ["John Smith", "JS"],
      ["Ada Lovelace", "AL"],
      ["Mary Ann Evans", "MAE"],
    ],
    [
      ["Grace Hopper", "GH"],
      ["Jo de la Cruz", "JdlC"],
    ],
  ),
  problem(
    "initial and last name",
    [
      ["John Smith", "J. Smith"],
      ["Ada Lovelace", "A. Lovelace"],
      ["Mary Ann Evans", "M. Evans"],
    ],
    [
      ["Grace Hopper", "G. Hopper"],
      ["Jo Ann Cruz", "J. Cruz"],
    ],
  ),
  problem(
    "ISO date to European",
    [
      ["2024-01-05", "05/01/2024"],
      ["1999-12-31", "31/12/1999"],
      ["2011-07-20", "20/07/2011"],
    ],
    [["2020-02-29", "29/02/2020"]],
  ),
  problem(
    "US date to ISO",
    [
      ["1/5/2024", "2024-01-05"],
      ["12/31/1999", "1999-12-31"],
      ["7/20/2011", "2011-07-20"],
    ],
    [["2/9/2020", "2020-02-09"]],
  ),
  problem(
    "date in words",
    [
      ["2024-01-05", "January 5, 2024"],
      ["1999-12-31", "December 31, 1999"],
      ["2011-07-20", "July 20, 2011"],
    ],
    [["2020-02-09", "February 9, 2020"]],
  ),
  problem(
    "month name to number",
    [
      ["5 January 2024", "2024-01-05"],
      ["31 December 1999", "1999-12-31"],
      ["20 July 2011", "2011-07-20"],
    ],
    [["9 February 2020", "2020-02-09"]],
  ),
  problem(
    "year of a date",
    [
      ["2024-01-05", "2024"],
      ["1999-12-31", "1999"],
      ["2011-07-20", "2011"],
    ],
    [["2020-02-29", "2020"]],
  ),
  problem(
    "domain of an address",
    [
      ["bob@example.com", "example.com"],
      ["ann.lee@test.org", "test.org"],
      ["x1@mail.co.uk", "mail.co.uk"],
    ],
    [["q@foo.io", "foo.io"]],
  ),
  problem(
    "user of an address",
    [
      ["bob@example.com", "bob"],
      ["ann.lee@test.org", "ann.lee"],
      ["x1@mail.co.uk", "x1"],
    ],
    [["q-r@foo.io", "q-r"]],
  ),
  problem(
    "address from a name",
    [
      ["John Smith", "john.smith@acme.com"],
      ["Ada Lovelace", "ada.lovelace@acme.com"],
      ["Tim Lee", "tim.lee@acme.com"],
    ],
    [["Grace Hopper", "grace.hopper@acme.com"]],
  ),
  problem(
    "upper case",
    [
      ["abc", "ABC"],
      ["hello you", "HELLO YOU"],
      ["x1y", "X1Y"],
    ],
    [["a-b c", "A-B C"]],
  ),
  problem(
    "title case",
    [
      ["the old man", "The Old Man"],
      ["and the sea", "And The Sea"],
      ["a farewell", "A Farewell"],
    ],
    [["to arms", "To Arms"]],
  ),
  problem(
    "first letter up",
    [
      ["hello world", "Hello world"],
      ["foo bar", "Foo bar"],
      ["x", "X"],
    ],
    [["some more text", "Some more text"]],
  ),
  problem(
    "snake case",
    [
      ["helloWorld", "hello_world"],
      ["fooBarBaz", "foo_bar_baz"],
      ["x", "x"],
    ],
    [["myVarName", "my_var_name"]],
  ),
  problem(
    "camel case",
    [
      ["hello_world", "helloWorld"],
      ["foo_bar_baz", "fooBarBaz"],
      ["x", "x"],
    ],
    [["my_var_name", "myVarName"]],
  ),
  problem(
    "slug",
    [
      ["Hello, World!", "hello-world"],
      ["Foo & Bar Baz", "foo-bar-baz"],
      ["One", "one"],
    ],
    [["The  end?", "the-end"]],
  ),
  problem(
    "no spaces around",
    [
      ["  a b ", "a b"],
      ["c", "c"],
      ["\td  ", "d"],
    ],
    [["   e f   ", "e f"]],
  ),
  problem(
    "single spaces",
    [
      ["a  b   c", "a b c"],
      ["d e", "d e"],
      ["f    g", "f g"],
    ],
    [["h  i  j", "h i j"]],
  ),
  problem(
    "digits of a phone number",
    [
      ["(555) 123-4567", "5551234567"],
      ["212-999-0000", "2129990000"],
      ["800 111 2222", "8001112222"],
    ],
    [["+1 (333) 444", "1333444"]],
  ),
  problem(
    "phone number with dots",
    [
      ["(555) 123-4567", "555.123.4567"],
      ["(212) 999-0000", "212.999.0000"],
      ["(800) 111-2222", "800.111.2222"],
    ],
    [["(333) 444-5555", "333.444.5555"]],
  ),
  problem(
    "digits to a phone number",
    [
      ["5551234567", "(555) 123-4567"],
      ["2129990000", "(212) 999-0000"],
      ["8001112222", "(800) 111-2222"],
    ],
    [["3334445555", "(333) 444-5555"]],
  ),
  problem(
    "file name of a path",
    [
      ["/usr/local/bin/node", "node"],
      ["/etc/passwd", "passwd"],
      ["/a/b.txt", "b.txt"],
    ],
    [["/home/me/x/y.z", "y.z"]],
  ),
  problem(
    "file extension",
    [
      ["report.final.pdf", "pdf"],
      ["a.txt", "txt"],
      ["b.tar.gz", "gz"],
    ],
    [["c.d.e.f", "f"]],
  ),
  problem(
    "file without extension",
    [
      ["report.final.pdf", "report.final"],
      ["a.txt", "a"],
      ["b.tar.gz", "b.tar"],
    ],
    [["c.d.e.f", "c.d.e"]],
  ),
  problem(
    "text in parentheses",
    [
      ["Foo (bar)", "bar"],
      ["A b (c d)", "c d"],
      ["Xyz (1)", "1"],
    ],
    [["Long name (here it is)", "here it is"]],
  ),
  problem(
    "value of a key",
    [
      ["name: Ann", "Ann"],
      ["city: New York", "New York"],
      ["zip: 10001", "10001"],
    ],
    [["country: United States", "United States"]],
  ),
  problem(
    "query of an address",
    [
      ["https://a.com/x?id=12&b=1", "12"],
      ["https://b.org/yy/z?id=345&b=2", "345"],
      ["http://c.net/q?id=6&b=9", "6"],
    ],
    [["https://long.example.com/path?id=999&b=0", "999"]],
  ),
  problem(
    "host of a web address",
    [
      ["https://a.com/x", "a.com"],
      ["http://www.b.org/yy/z", "www.b.org"],
      ["https://c.net/", "c.net"],
    ],
    [["https://long.example.com/path", "long.example.com"]],
  ),
  problem(
    "reversed list",
    [
      ["a,b,c", "c,b,a"],
      ["x,y", "y,x"],
      ["1,2,3,4", "4,3,2,1"],
    ],
    [["q,r,s", "s,r,q"]],
  ),
  problem(
    "sorted list",
    [
      ["c, a, b", "a, b, c"],
      ["y, x", "x, y"],
      ["d, b, e", "b, d, e"],
    ],
    [["n, m, k", "k, m, n"]],
  ),
  problem(
    "other separator",
    [
      ["a;b;c", "a | b | c"],
      ["x;y", "x | y"],
      ["1", "1"],
    ],
    [["q;r", "q | r"]],
  ),
  problem(
    "greeting",
    [
      ["Ann", "Hello, Ann!"],
      ["Bob", "Hello, Bob!"],
      ["Cy", "Hello, Cy!"],
    ],
    [["Di", "Hello, Di!"]],
  ),
  problem(
    "padded number",
    [
      ["7", "007"],
      ["42", "042"],
      ["123", "123"],
    ],
    [
      ["5", "005"],
      ["99", "099"],
    ],
  ),
  problem(
    "no leading zeros",
    [
      ["007", "7"],
      ["042", "42"],
      ["100", "100"],
    ],
    [["0005", "5"]],
  ),
  problem(
    "thousands",
    [
      ["1234567", "1,234,567"],
      ["1000", "1,000"],
      ["12", "12"],
    ],
    [["98765", "98,765"]],
  ),
  problem(
    "amount as a number",
    [
      ["$1,234.50", 1234.5],
      ["$12.00", 12],
      ["$1,000", 1000],
    ],
    [["$9,999.99", 9999.99]],
  ),
  problem(
    "number in a sentence",
    [
      ["Paid 12 euros", 12],
      ["He paid 345 dollars", 345],
      ["7 pounds paid", 7],
    ],
    [["They paid 99 francs", 99]],
  ),
  problem(
    "length",
    [
      ["abc", 3],
      ["hello you", 9],
      ["", 0],
    ],
    [["four", 4]],
  ),
  problem(
    "word count",
    [
      ["a b c", 3],
      ["hello", 1],
      ["x y", 2],
    ],
    [["one two three four", 4]],
  ),
  problem(
    "Celsius to Fahrenheit",
    [
      ["0", 32],
      ["100", 212],
      ["37", 98.6],
    ],
    [
      ["10", 50],
      ["-40", -40],
    ],
  ),
  problem(
    "sum of two fields",
    [
      [{ a: 1, b: 2 }, 3],
      [{ a: 10, b: 5 }, 15],
      [{ a: 7, b: 7 }, 14],
    ],
    [[{ a: 100, b: 1 }, 101]],
  ),
  problem(
    "price times quantity",
    [
      [{ price: 2.5, n: 4 }, 10],
      [{ price: 3, n: 3 }, 9],
      [{ price: 1.2, n: 10 }, 12],
    ],
    [[{ price: 4, n: 25 }, 100]],
  ),
  problem(
    "record to text",
    [
      [{ first: "Ann", last: "Lee" }, "LEE, Ann"],
      [{ first: "Bob", last: "Ray" }, "RAY, Bob"],
      [{ first: "Cy", last: "Young" }, "YOUNG, Cy"],
    ],
    [[{ first: "Di", last: "Moss" }, "MOSS, Di"]],
  ),
  problem(
    "list to text",
    [
      [["a", "b"], "b-a"],
      [["x", "yy"], "yy-x"],
      [["1", "2"], "2-1"],
    ],
    [[["p", "q"], "q-p"]],
  ),
  problem(
    "text to list",
    [
      ["a, b, c", ["a", "b", "c"]],
      ["x", ["x"]],
      ["1, 2", ["1", "2"]],
    ],
    [["q, r", ["q", "r"]]],
  ),
  problem(
    "text to record",
    [
      ["Ann Lee <ann@x.com>", { name: "Ann Lee", email: "ann@x.com" }],
      ["Bob <bob@y.org>", { name: "Bob", email: "bob@y.org" }],
      ["Cy Young <cy@z.net>", { name: "Cy Young", email: "cy@z.net" }],
    ],
    [["Di Moss <di@w.de>", { name: "Di Moss", email: "di@w.de" }]],
  ),
  problem(
    "two cases",
    [
      ["smith, john", "John Smith"],
      ["ada lovelace", "Ada Lovelace"],
      ["lee, tim", "Tim Lee"],
      ["grace hopper", "Grace Hopper"],
    ],
    [
      ["turing, alan", "Alan Turing"],
      ["mary shelley", "Mary Shelley"],
    ],
  ),
  problem(
    "missing value",
    [
      ["12", "12 kg"],
      ["", "n/a"],
      ["7", "7 kg"],
      ["100", "100 kg"],
    ],
    [["55", "55 kg"]],
  ),
  problem(
    "Korean name and title",
    [
      ["김철수 부장", "부장 김철수"],
      ["이영희 과장", "과장 이영희"],
      ["박민수 대리", "대리 박민수"],
    ],
    [["최지우 사원", "사원 최지우"]],
  ),
  problem(
    "accents",
    [
      ["Élodie Brûlé", "BRÛLÉ É."],
      ["Zoë Ångström", "ÅNGSTRÖM Z."],
      ["Ana Núñez", "NÚÑEZ A."],
    ],
    [["Søren Østergård", "ØSTERGÅRD S."]],
  ),
  problem(
    "log line",
    [
      ["2024-01-05 10:22:33 ERROR disk full", "ERROR: disk full"],
      ["2024-01-06 00:00:01 INFO started", "INFO: started"],
      ["2023-11-11 11:11:11 WARN slow query", "WARN: slow query"],
    ],
    [["2022-02-02 22:22:22 DEBUG some more words", "DEBUG: some more words"]],
  ),
];
