/** Extraction problems written before the learner was tuned (13 of 20 were solved then, 18 now): their score is told apart. */
import type { ExtractionProblem } from "./extract-problems.ts";

const problem = (
  name: string,
  shown: ExtractionProblem["shown"],
  held: ExtractionProblem["held"],
): ExtractionProblem => ({ name, shown, held });

export const heldOutProblems: readonly ExtractionProblem[] = [
  problem(
    "IBAN in a sentence",
    [
      ["Please pay to DE89370400440532013000 by Friday", "DE89370400440532013000"],
      ["Account FR1420041010050500013M02606, thanks", "FR1420041010050500013M02606"],
      ["IBAN: GB29NWBK60161331926819", "GB29NWBK60161331926819"],
    ],
    [
      ["to NL91ABNA0417164300 please", "NL91ABNA0417164300"],
      ["NO9386011117947 (Oslo branch 12)", "NO9386011117947"],
      ["no account given", null],
      ["CH9300762011623852957.", "CH9300762011623852957"],
    ],
  ),
  problem(
    "the domain of an address",
    [
      ["ann@example.com", "example.com"],
      ["bob.lee@mail.example.org", "mail.example.org"],
    ],
    [
      ["x@y.io", "y.io"],
      ["first.last@sub.domain.co.uk", "sub.domain.co.uk"],
      ["a-b@c-d.net", "c-d.net"],
    ],
  ),
  problem(
    "query parameter",
    [
      ["https://shop.example/item?id=381&ref=mail", "381"],
      ["https://shop.example/list?page=2&id=77", "77"],
      ["https://shop.example/item?id=9000", "9000"],
    ],
    [
      ["https://shop.example/item?ref=x&id=12&page=4", "12"],
      ["https://shop.example/home", null],
      ["https://shop.example/item?id=5#top", "5"],
    ],
  ),
  problem(
    "error code in a message",
    [
      ["Build failed with error TS2345 in main.ts(12,5)", "TS2345"],
      ["src/a.ts(1,1): error TS7006: implicit any", "TS7006"],
    ],
    [
      ["3 errors, first: error TS1005", "TS1005"],
      ["ok", null],
      ["x.ts(99,12): error TS18048: possibly undefined", "TS18048"],
    ],
  ),
  problem(
    "ingredients' quantities",
    [
      ["200 g flour, 3 eggs, 50 g sugar", ["200 g", "50 g"]],
      ["1 onion and 15 g salt", ["15 g"]],
      ["2 lemons", []],
    ],
    [
      ["500 g rice", ["500 g"]],
      ["4 apples, 5 g yeast", ["5 g"]],
      ["12 grapes", []],
    ],
  ),
  problem(
    "syslog record",
    [
      [
        "Mar  3 06:25:01 web1 CRON[2211]: session opened",
        { host: "web1", program: "CRON", pid: "2211", message: "session opened" },
      ],
      [
        "Mar 13 06:25:09 db-2 sshd[88]: Failed password for root from 10.0.0.9",
        { host: "db-2", program: "sshd", pid: "88", message: "Failed password for root from 10.0.0.9" },
      ],
    ],
    [
      ["Dec 31 23:59:59 web10 kernel[1]: x: y", { host: "web10", program: "kernel", pid: "1", message: "x: y" }],
      ["Jan  1 00:00:00 a.b.c run-parts[300]: ok", { host: "a.b.c", program: "run-parts", pid: "300", message: "ok" }],
    ],
  ),
  problem(
    "semicolon lines with a date",
    [
      ["2024-01-05;Ann;12,50", { when: "2024-01-05", amount: "12,50" }],
      ["2024-02-10;Bob;7,00", { when: "2024-02-10", amount: "7,00" }],
    ],
    [
      ["2023-12-31;Cy D.;1.000,00", { when: "2023-12-31", amount: "1.000,00" }],
      ["2024-03-03;;0,01", { when: "2024-03-03", amount: "0,01" }],
    ],
  ),
  problem(
    "function names in code",
    [
      ["function load(path) { return read(path); }", "load"],
      ["export function saveAll() {}", "saveAll"],
    ],
    [
      ["async function run_2(x) { go(); }", "run_2"],
      ["const x = 5;", null],
      ["function $() {}", "$"],
    ],
  ),
  problem(
    "sizes of products",
    [
      ["Table 120x60 cm, oak", "120x60"],
      ["Shelf 80x30 cm, 5 boards", "80x30"],
      ["2 frames 40x50 cm", "40x50"],
    ],
    [
      ["Desk 160x80 cm, 4 legs", "160x80"],
      ["Rug 9x12 cm", "9x12"],
      ["no size", null],
    ],
  ),
  problem(
    "Markdown links' targets",
    [
      ["See [docs](https://a.dev/x) and [home](/index.html)", ["https://a.dev/x", "/index.html"]],
      ["(no link) [here]", []],
    ],
    [
      ["[a](b)", ["b"]],
      ["text [x y](#anchor), (more)", ["#anchor"]],
      ["", []],
    ],
  ),
  problem(
    "Korean: phone in a message",
    [
      ["문의: 010-2345-6789 (평일 9시)", "010-2345-6789"],
      ["연락처 010-9999-0000 입니다", "010-9999-0000"],
    ],
    [
      ["3명 예약, 010-1234-1234", "010-1234-1234"],
      ["전화 없음", null],
      ["010-8765-4321로 전화", "010-8765-4321"],
    ],
  ),
  problem(
    "Korean: order number and amount",
    [
      ["주문번호 A1023, 금액 15,000원", { order: "A1023", amount: "15,000" }],
      ["주문번호 B77, 금액 900원", { order: "B77", amount: "900" }],
    ],
    [
      ["주문번호 Z90001, 금액 1,200,000원", { order: "Z90001", amount: "1,200,000" }],
      ["주문번호 C5, 금액 50원", { order: "C5", amount: "50" }],
    ],
  ),
  problem(
    "logfmt with quotes",
    [
      ['level=info msg="user logged in" user=ann', { level: "info", msg: "user logged in" }],
      ["level=error msg=failed user=bob", { level: "error", msg: "failed" }],
    ],
    [
      ['user=x msg="a = b" level=warn', { level: "warn", msg: "a = b" }],
      ["level=debug", { level: "debug", msg: null }],
    ],
  ),
  problem(
    "template variables",
    [
      ["Dear {{name}}, your {{item}} is ready", ["name", "item"]],
      ["No {variables} here", []],
    ],
    [
      ["{{a}}{{b}}", ["a", "b"]],
      ["Hi {{first_name}}!", ["first_name"]],
      ["plain", []],
    ],
  ),
  problem(
    "flight numbers",
    [
      ["KE123 departs 10:20 from gate 12", "KE123"],
      ["Delayed: OZ8842 until 13:05", "OZ8842"],
      ["Boarding LH712 at B7", "LH712"],
    ],
    [
      ["BA9 gate 4", "BA9"],
      ["now AF1234 at 09:00", "AF1234"],
      ["none today", null],
    ],
  ),
  problem(
    "author in a citation",
    [
      [
        "Knuth, D. (1974). Structured programming. p. 261",
        { author: "Knuth, D.", year: "1974", title: "Structured programming" },
      ],
      [
        "Dijkstra, E. (1968). Go to statement. p. 147",
        { author: "Dijkstra, E.", year: "1968", title: "Go to statement" },
      ],
    ],
    [
      [
        "Hoare, C. (1969). An axiomatic basis. p. 576",
        { author: "Hoare, C.", year: "1969", title: "An axiomatic basis" },
      ],
      ["Liskov, B. (1987). Data abstraction. p. 17", { author: "Liskov, B.", year: "1987", title: "Data abstraction" }],
    ],
  ),
  problem(
    "imports",
    [
      ['import fs from "node:fs";', "node:fs"],
      ['import { a, b } from "./util/x.js";', "./util/x.js"],
    ],
    [
      ['import type { T } from "../types.ts";', "../types.ts"],
      ['import * as z from "zod";', "zod"],
      ["const a = 1;", null],
    ],
  ),
  problem(
    "temperatures, also negative",
    [
      ["Oslo -5°C, Rome 14°C", ["-5", "14"]],
      ["3 cities: Cairo 31°C", ["31"]],
    ],
    [
      ["Yakutsk -41°C on day 2", ["-41"]],
      ["no data for 5 cities", []],
      ["0°C", ["0"]],
    ],
  ),
  problem(
    "person and age",
    [
      ["Ann Lee (34) lives in Seoul", { name: "Ann Lee", age: "34", city: "Seoul" }],
      ["Bob (7) lives in New York", { name: "Bob", age: "7", city: "New York" }],
    ],
    [
      ["Mary Ann Evans (61) lives in Bath", { name: "Mary Ann Evans", age: "61", city: "Bath" }],
      ["Jo (101) lives in Rio de Janeiro", { name: "Jo", age: "101", city: "Rio de Janeiro" }],
    ],
  ),
  problem(
    "last number of a line",
    [
      ["row 1: 5 6 70", "70"],
      ["row 12: 8", "8"],
      ["row 3: 10 20", "20"],
    ],
    [
      ["row 4: 1 2 3 4 500", "500"],
      ["row 5: 0", "0"],
      ["row 66: 7 8", "8"],
    ],
  ),
];
