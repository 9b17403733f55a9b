/** More extraction problems: codes, labels, Korean receipts, attributes, lines of logs. */
import type { ExtractionProblem } from "./extract-problems.ts";

const problem = (
  name: string,
  shown: ExtractionProblem["shown"],
  held: ExtractionProblem["held"],
): ExtractionProblem => ({ name, shown, held });

export const moreProblems: readonly ExtractionProblem[] = [
  problem(
    "invoice number",
    [
      ["Invoice No. INV-2024-0012 dated 3 May", "INV-2024-0012"],
      ["Re: invoice INV-2023-1180", "INV-2023-1180"],
    ],
    [
      ["paid INV-2025-0001, thanks", "INV-2025-0001"],
      ["no invoice", null],
      ["INV-2020-9999", "INV-2020-9999"],
    ],
  ),
  problem(
    "due date",
    [
      ["Issued: 2024-01-02 Due: 2024-02-01", "2024-02-01"],
      ["Due: 2024-03-15 Issued: 2024-02-20", "2024-03-15"],
    ],
    [
      ["Due: 2025-01-01", "2025-01-01"],
      ["Issued: 2024-01-02", null],
      ["Paid: 2024-01-01 Due: 2024-01-03 Issued: 2023-12-12", "2024-01-03"],
    ],
  ),
  problem(
    "sms code",
    [
      ["Your code is 482913. Valid 5 minutes.", "482913"],
      ["551200 is your code, valid 10 minutes", "551200"],
    ],
    [
      ["code: 000123", "000123"],
      ["5 minutes left", null],
      ["Use 123456 within 30 s", "123456"],
    ],
  ),
  problem(
    "kv inline colon",
    [
      ["Name: Ann, Age: 34, City: Seoul", { name: "Ann", city: "Seoul" }],
      ["Name: Bob Lee, Age: 7, City: New York", { name: "Bob Lee", city: "New York" }],
    ],
    [
      ["Name: Cy, Age: 1, City: St. Paul", { name: "Cy", city: "St. Paul" }],
      ["Name: D-E, Age: 99, City: Rio", { name: "D-E", city: "Rio" }],
    ],
  ),
  problem(
    "kr receipt",
    [
      ["2024년 3월 5일 결제 12,000원 (신한카드)", { date: "2024년 3월 5일", amount: "12,000", card: "신한카드" }],
      ["2023년 12월 25일 결제 3,500원 (국민카드)", { date: "2023년 12월 25일", amount: "3,500", card: "국민카드" }],
    ],
    [
      ["2025년 1월 1일 결제 900원 (BC카드)", { date: "2025년 1월 1일", amount: "900", card: "BC카드" }],
      [
        "2025년 10월 31일 결제 1,234,000원 (현대 카드)",
        { date: "2025년 10월 31일", amount: "1,234,000", card: "현대 카드" },
      ],
    ],
  ),
  problem(
    "kr hashtags",
    [
      ["오늘 #커피 #서울맛집 좋다", ["#커피", "#서울맛집"]],
      ["태그 없음 # 하나", []],
    ],
    [
      ["#abc #한글tag", ["#abc", "#한글tag"]],
      ["", []],
    ],
  ),
  problem(
    "jira list",
    [
      ["Fixes ABC-1, ABC-22 and XY-333.", ["ABC-1", "ABC-22", "XY-333"]],
      ["No keys, see a-1 or 5-5", []],
    ],
    [
      ["(Q-1)", ["Q-1"]],
      ["AB-12/CD-34", ["AB-12", "CD-34"]],
    ],
  ),
  problem(
    "image srcs",
    [
      ['<img src="a.png" alt="x"><img src="b/c.jpg" alt="y">', ["a.png", "b/c.jpg"]],
      ['<p class="q">no</p>', []],
    ],
    [
      ['<img alt="q" src="z.gif">', ["z.gif"]],
      ["", []],
    ],
  ),
  problem(
    "sentences' emails names",
    [
      ["Ann Lee <ann@x.io>; Bob Stone <bob@y.org>", ["Ann Lee", "Bob Stone"]],
      ["Cy Dee <cy@z.net>", ["Cy Dee"]],
    ],
    [["Ed Fox <e@f.g>; Gil Ham <g@h.i>; Ira Joy <i@j.k>", ["Ed Fox", "Gil Ham", "Ira Joy"]]],
  ),
  problem(
    "docker images",
    [
      ["Pulling nginx:1.25-alpine ... done", { image: "nginx", tag: "1.25-alpine" }],
      ["Pulling my/app:v2 ... done", { image: "my/app", tag: "v2" }],
    ],
    [["Pulling reg.io/x_y/z:latest ... done", { image: "reg.io/x_y/z", tag: "latest" }]],
  ),
  problem(
    "temperature single",
    [
      ["Temp 21.5°C, humidity 40%", "21.5"],
      ["Humidity 55%, temp -3.0°C", "-3.0"],
    ],
    [
      ["0°C", "0"],
      ["humidity 10%", null],
      ["wind 5 m/s, temp 30.25°C", "30.25"],
    ],
  ),
  problem(
    "hash commit",
    [
      ["commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by ann", "9fceb02d0ae598e95dc970b74767f19372d61af8"],
      ["revert 1c002dd4b536e7479fe34593e72e6c6c1819e53b", "1c002dd4b536e7479fe34593e72e6c6c1819e53b"],
    ],
    [
      ["see ca82a6dff817ec66f44342007202690a93763949.", "ca82a6dff817ec66f44342007202690a93763949"],
      ["deadbeef", null],
    ],
  ),
  problem(
    "roman phone ext",
    [
      ["Tel. (212) 555-0100 ext 5", "(212) 555-0100"],
      ["call (646) 555-9999", "(646) 555-9999"],
    ],
    [
      ["(800) 123-4567 or 911", "(800) 123-4567"],
      ["911", null],
    ],
  ),
];
