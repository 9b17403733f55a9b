/** Extraction problems as people meet them: two to four examples to learn from, and rows the program has not seen. */
import type { JsonValue } from "../../src/contract/wire.ts";

type Row = readonly [input: JsonValue, output: JsonValue];

export interface ExtractionProblem {
  readonly name: string;
  readonly shown: readonly Row[];
  readonly held: readonly Row[];
}

const problem = (name: string, shown: readonly Row[], held: readonly Row[]): ExtractionProblem => ({
  name,
  shown,
  held,
});

export const extractionProblems: readonly ExtractionProblem[] = [
  problem(
    "all e-mail addresses",
    [
      ["Write to ann@example.com or bob.lee@mail.example.org.", ["ann@example.com", "bob.lee@mail.example.org"]],
      ["No address here @ all", []],
      ["(cc: sales+eu@shop.co.uk)", ["sales+eu@shop.co.uk"]],
    ],
    [
      ["x_y@z.io, a-b@c-d.net", ["x_y@z.io", "a-b@c-d.net"]],
      ["mail me: Tim.O.Brien@Example.COM!", ["Tim.O.Brien@Example.COM"]],
      ["nothing", []],
      ["<first@last.dev>; <second@last.dev>", ["first@last.dev", "second@last.dev"]],
      ["1@2.com", ["1@2.com"]],
    ],
  ),
  problem(
    "all amounts of money",
    [
      ["Lunch $12.50 and taxi $8", ["$12.50", "$8"]],
      ["3 nights, $1,240.00 in total", ["$1,240.00"]],
      ["Room 12, free", []],
    ],
    [
      ["$5, $6, and $7.", ["$5", "$6", "$7"]],
      ["Paid $99.99.", ["$99.99"]],
      ["7 of 9", []],
      ["$10,000 for 20 people", ["$10,000"]],
      ["was $20 now $15.75", ["$20", "$15.75"]],
    ],
  ),
  problem(
    "order number behind #",
    [
      ["Order #48213 shipped on 12 May, 3 items", "48213"],
      ["Your order #77120 is late", "77120"],
      ["2 parcels for order #10334", "10334"],
    ],
    [
      ["Order #5 cancelled", "5"],
      ["12 people asked about order #99120", "99120"],
      ["Refund for order #481234 within 14 days", "481234"],
      ["Order #00012 shipped", "00012"],
      ["No order", null],
    ],
  ),
  problem(
    "fields of a log line",
    [
      [
        "2024-03-01 12:00:01 INFO [worker-1] started in 35 ms",
        { time: "2024-03-01 12:00:01", level: "INFO", worker: "worker-1", message: "started in 35 ms" },
      ],
      [
        "2024-03-01 12:00:07 ERROR [worker-12] cannot open file: no such file",
        { time: "2024-03-01 12:00:07", level: "ERROR", worker: "worker-12", message: "cannot open file: no such file" },
      ],
    ],
    [
      [
        "2024-11-30 23:59:59 WARN [main] disk [sda1] at 91%",
        { time: "2024-11-30 23:59:59", level: "WARN", worker: "main", message: "disk [sda1] at 91%" },
      ],
      ["2025-01-01 00:00:00 DEBUG [gc] x", { time: "2025-01-01 00:00:00", level: "DEBUG", worker: "gc", message: "x" }],
      [
        "2025-01-01 00:00:00 INFO [http-2] GET /a?b=c 200",
        { time: "2025-01-01 00:00:00", level: "INFO", worker: "http-2", message: "GET /a?b=c 200" },
      ],
      [
        "2025-01-02 10:10:10 FATAL [db] - lost",
        { time: "2025-01-02 10:10:10", level: "FATAL", worker: "db", message: "- lost" },
      ],
      [
        "2025-01-02 10:10:11 INFO [worker-3] ok",
        { time: "2025-01-02 10:10:11", level: "INFO", worker: "worker-3", message: "ok" },
      ],
    ],
  ),
  problem(
    "pairs of key and value",
    [
      ["user=ann status=200 ms=35", { user: "ann", status: "200" }],
      ["user=bob status=404 ms=2", { user: "bob", status: "404" }],
      ["status=500 ms=1", { user: null, status: "500" }],
    ],
    [
      ["ms=7 status=301 user=eve.x", { user: "eve.x", status: "301" }],
      ["user=zoe", { user: "zoe", status: null }],
      ["", { user: null, status: null }],
      ["user=a-b status=200", { user: "a-b", status: "200" }],
      ["path=/x user=k status=204 ms=12", { user: "k", status: "204" }],
    ],
  ),
  problem(
    "columns of comma-separated lines with quoted commas",
    [
      ['1,"Lee, Ann",Seoul,34', { name: "Lee, Ann", city: "Seoul" }],
      ["2,Bob Stone,Paris,41", { name: "Bob Stone", city: "Paris" }],
      ['3,"Smith, Jo","Bath, UK",29', { name: "Smith, Jo", city: "Bath, UK" }],
    ],
    [
      ['4,"O""Hara, Tim",Rome,50', { name: 'O"Hara, Tim', city: "Rome" }],
      ["5,Kim,Oslo,20", { name: "Kim", city: "Oslo" }],
      ["6,,Oslo,20", { name: null, city: "Oslo" }],
      ['7,"a,b,c","d,e",1', { name: "a,b,c", city: "d,e" }],
      ['8,Ada,"New York",36', { name: "Ada", city: "New York" }],
    ],
  ),
  problem(
    "hashtags",
    [
      ["Good morning #seoul #coffee!", ["#seoul", "#coffee"]],
      ["no tags, just a # sign", []],
      ["#one", ["#one"]],
    ],
    [
      ["#TypeScript is #fun_to_write.", ["#TypeScript", "#fun_to_write"]],
      ["", []],
      ["(#a)", ["#a"]],
      ["we #love2code", ["#love2code"]],
      ["issue # 5", []],
    ],
  ),
  problem(
    "prices with their currency",
    [
      ["Shirt EUR 12.90, 3 pieces", "EUR 12.90"],
      ["5 books for USD 100.00", "USD 100.00"],
      ["Bag GBP 7.50", "GBP 7.50"],
    ],
    [
      ["2 chairs at CHF 240.00 each", "CHF 240.00"],
      ["Pen EUR 0.99", "EUR 0.99"],
      ["KRW 5000.00 for 1", "KRW 5000.00"],
      ["3 left", null],
      ["Lamp in 2 colours USD 33.10", "USD 33.10"],
    ],
  ),
  problem(
    "the date among other numbers",
    [
      ["Invoice 2231 of 2024-03-05, 3 pages", "2024-03-05"],
      ["Due 2023-12-31 (30 days)", "2023-12-31"],
      ["v2.1.0 released 2022-07-01", "2022-07-01"],
    ],
    [
      ["Call 555-1234 before 2024-01-01", "2024-01-01"],
      ["2020-02-29: 4 leap days", "2020-02-29"],
      ["no date 12-34", null],
      ["from 2021-05-06 on", "2021-05-06"],
      ["(2019-08-09)", "2019-08-09"],
    ],
  ),
  problem(
    "all IP addresses",
    [
      ["10.0.0.1 -> 192.168.1.20 port 80", ["10.0.0.1", "192.168.1.20"]],
      ["version 1.2.3 only", []],
      ["denied 8.8.8.8", ["8.8.8.8"]],
    ],
    [
      ["127.0.0.1", ["127.0.0.1"]],
      ["from 172.16.254.1, to 1.1.1.1.", ["172.16.254.1", "1.1.1.1"]],
      ["none", []],
      ["[10.10.10.10]:443", ["10.10.10.10"]],
      ["pi is 3.14", []],
    ],
  ),
  problem(
    "the version",
    [
      ["node v20.11.1 on linux 6", "v20.11.1"],
      ["upgraded to v3.0.12 after 2 days", "v3.0.12"],
    ],
    [
      ["v1.2.3", "v1.2.3"],
      ["tag v10.0.0, 4 commits", "v10.0.0"],
      ["python 3.12 and v0.1.9", "v0.1.9"],
      ["no version", null],
      ["(v7.77.777)", "v7.77.777"],
    ],
  ),
  problem(
    "what is in quotes",
    [
      ['He said "hello there" and left', ["hello there"]],
      ['"yes" or "no", that is it', ["yes", "no"]],
      ["nothing quoted", []],
    ],
    [
      ['title="My, Page"', ["My, Page"]],
      ['"a" "b" "c"', ["a", "b", "c"]],
      ['one "two three', []],
      ["", []],
      ['say "1 + 1 = 2".', ["1 + 1 = 2"]],
    ],
  ),
  problem(
    "Korean: the name before 님",
    [
      ["안녕하세요 김민수님, 주문이 접수되었습니다", "김민수"],
      ["이영희님 반갑습니다", "이영희"],
      ["고객 박지성님께 알립니다", "박지성"],
    ],
    [
      ["최유리님", "최유리"],
      ["다시 한번 정우성님, 감사합니다", "정우성"],
      ["이름 없음", null],
      ["친애하는 한가인님에게", "한가인"],
      ["3번 고객 오세훈님", "오세훈"],
    ],
  ),
  problem(
    "Korean: amounts in won",
    [
      ["커피 4,500원, 빵 3,000원", ["4,500원", "3,000원"]],
      ["무료 2잔", []],
      ["합계 12,000원 (3개)", ["12,000원"]],
    ],
    [
      ["900원", ["900원"]],
      ["1,250,000원과 80원", ["1,250,000원", "80원"]],
      ["원 5", []],
      ["물 1,000원.", ["1,000원"]],
      ["쿠폰 3장", []],
    ],
  ),
  problem(
    "tags in brackets",
    [
      ["[bug] crash on start [ui]", ["bug", "ui"]],
      ["plain (text)", []],
      ["[feature request] dark mode", ["feature request"]],
    ],
    [
      ["[a][b]", ["a", "b"]],
      ["x [low-prio] y", ["low-prio"]],
      ["", []],
      ["[v2.0] out", ["v2.0"]],
      ["array[0]", ["0"]],
    ],
  ),
  problem(
    "measurements in kg",
    [
      ["Parcel 3: 2.5 kg, 30 cm", "2.5"],
      ["12 boxes weigh 140 kg", "140"],
      ["0.75 kg of 2 sorts", "0.75"],
    ],
    [
      ["5 x 20 kg", "20"],
      ["about 1.25 kg in 2 bags", "1.25"],
      ["7 cm", null],
      ["weight: 80.5 kg", "80.5"],
      ["2024: 9 kg", "9"],
    ],
  ),
  problem(
    "the number behind Total:",
    [
      ["Net: 100.00 Tax: 19.00 Total: 119.00", "119.00"],
      ["Total: 45.50 (2 items)", "45.50"],
      ["Items: 3, Total: 7.25", "7.25"],
    ],
    [
      ["Subtotal: 5.00 Total: 6.00 Paid: 10.00", "6.00"],
      ["Total: 1234.00", "1234.00"],
      ["Sum: 3.00", null],
      ["Tax: 0.00 Total: 0.99", "0.99"],
      ["Rows: 12, Total: 12.12", "12.12"],
    ],
  ),
  problem(
    "URLs without the punctuation behind them",
    [
      ["See https://example.com/a/b?x=1.", ["https://example.com/a/b?x=1"]],
      ["http://a.org, https://b.org/c/ and more", ["http://a.org", "https://b.org/c/"]],
      ["no link", []],
    ],
    [
      ["go to https://x.io/p#top!", ["https://x.io/p#top"]],
      ["https://y.dev/file.html", ["https://y.dev/file.html"]],
      ["https://z.net/a, then http://w.net.", ["https://z.net/a", "http://w.net"]],
      ["http is a protocol", []],
      ["Read https://docs.q.com/v1.2/intro; done", ["https://docs.q.com/v1.2/intro"]],
    ],
  ),
  problem(
    "a log line with missing fields",
    [
      ["id=17 took 35ms", { id: "17", ms: "35" }],
      ["id=4 failed", { id: "4", ms: null }],
      ["startup took 900ms", { id: null, ms: "900" }],
    ],
    [
      ["id=99 took 1ms", { id: "99", ms: "1" }],
      ["nothing", { id: null, ms: null }],
      ["id=5 skipped 3 rows", { id: "5", ms: null }],
      ["reload took 12ms", { id: null, ms: "12" }],
      ["id=123456 took 7777ms", { id: "123456", ms: "7777" }],
    ],
  ),
  problem(
    "all mentions",
    [
      ["thanks @ann_b and @bob!", ["@ann_b", "@bob"]],
      ["meet @ noon", []],
    ],
    [
      ["@zed", ["@zed"]],
      ["cc @a, @b2; @C", ["@a", "@b2", "@C"]],
      ["", []],
      ["(@x_y_z)", ["@x_y_z"]],
      ["hi @all.", ["@all"]],
    ],
  ),
  problem(
    "phone numbers",
    [
      ["Call 010-1234-5678 or 02-345-6789 by 5", ["010-1234-5678", "02-345-6789"]],
      ["On 2024-01-02 nobody called", []],
    ],
    [
      ["031-555-0199", ["031-555-0199"]],
      ["fax: 02-2123-4567.", ["02-2123-4567"]],
      ["1-2-3", []],
      ["010-9876-5432/010-1111-2222", ["010-9876-5432", "010-1111-2222"]],
      ["none", []],
    ],
  ),
  problem(
    "status code of an access log",
    [
      ['10.0.0.1 - - [01/Mar/2024:12:00:00 +0000] "GET /index.html HTTP/1.1" 200 5123', "200"],
      ['10.0.0.7 - bob [01/Mar/2024:12:00:09 +0000] "POST /api/v2/items HTTP/1.1" 404 12', "404"],
      ['192.168.7.12 - - [02/Mar/2024:00:10:00 +0000] "GET / HTTP/2.0" 301 0', "301"],
    ],
    [
      ['1.2.3.4 - - [05/Apr/2024:01:02:03 +0900] "GET /500/600 HTTP/1.1" 500 777', "500"],
      ['1.2.3.4 - eve [05/Apr/2024:01:02:03 +0900] "DELETE /a HTTP/1.1" 204 -', "204"],
      ['::1 - - [05/Apr/2024:01:02:04 +0900] "HEAD /x?y=200 HTTP/1.0" 403 1', "403"],
      ['9.9.9.9 - - [05/Apr/2024:01:02:04 +0900] "GET /q HTTP/1.1" 200 12345678', "200"],
      ['9.9.9.9 - - [05/Apr/2024:01:02:05 +0900] "PUT /q/300 HTTP/1.1" 418 9', "418"],
    ],
  ),
  problem(
    "fields of an access log",
    [
      [
        '10.0.0.1 - - [01/Mar/2024:12:00:00 +0000] "GET /index.html HTTP/1.1" 200 5123',
        { ip: "10.0.0.1", time: "01/Mar/2024:12:00:00 +0000", method: "GET", path: "/index.html", status: "200" },
      ],
      [
        '10.0.0.7 - bob [01/Mar/2024:12:00:09 +0000] "POST /api/v2/items HTTP/1.1" 404 12',
        { ip: "10.0.0.7", time: "01/Mar/2024:12:00:09 +0000", method: "POST", path: "/api/v2/items", status: "404" },
      ],
    ],
    [
      [
        '1.2.3.4 - - [05/Apr/2024:01:02:03 +0900] "GET /500?a=1 HTTP/1.1" 500 777',
        { ip: "1.2.3.4", time: "05/Apr/2024:01:02:03 +0900", method: "GET", path: "/500?a=1", status: "500" },
      ],
      [
        '99.2.3.4 - eve [05/Apr/2024:01:02:03 +0900] "DELETE /a-b HTTP/1.0" 204 0',
        { ip: "99.2.3.4", time: "05/Apr/2024:01:02:03 +0900", method: "DELETE", path: "/a-b", status: "204" },
      ],
      [
        '7.7.7.7 - al_2 [05/Apr/2024:01:02:03 +0900] "HEAD / HTTP/2.0" 301 3',
        { ip: "7.7.7.7", time: "05/Apr/2024:01:02:03 +0900", method: "HEAD", path: "/", status: "301" },
      ],
      [
        '7.7.7.7 - - [06/Apr/2024:01:02:03 -0500] "PATCH /p.php HTTP/1.1" 200 33',
        { ip: "7.7.7.7", time: "06/Apr/2024:01:02:03 -0500", method: "PATCH", path: "/p.php", status: "200" },
      ],
      [
        '255.1.1.1 - - [31/Dec/1999:23:59:59 +0000] "GET /%7Euser/ HTTP/1.1" 200 33',
        { ip: "255.1.1.1", time: "31/Dec/1999:23:59:59 +0000", method: "GET", path: "/%7Euser/", status: "200" },
      ],
    ],
  ),
  problem(
    "the file name at the end of a path",
    [
      ["saved /home/ann/report.pdf (3 MB)", "/home/ann/report.pdf"],
      ["saved /tmp/x1.csv (12 kB)", "/tmp/x1.csv"],
    ],
    [
      ["saved /var/log/app-2.log (1 GB)", "/var/log/app-2.log"],
      ["saved /a.b (0 kB)", "/a.b"],
      ["saved /srv/data/my_file.tar.gz (9 MB)", "/srv/data/my_file.tar.gz"],
      ["nothing saved", null],
      ["saved /etc/hosts (1 kB)", "/etc/hosts"],
    ],
  ),
  problem(
    "tab-separated columns",
    [
      ["1\tAnn Lee\tSeoul", { name: "Ann Lee", city: "Seoul" }],
      ["2\tBob\tNew York", { name: "Bob", city: "New York" }],
    ],
    [
      ["3\tCy, Jr.\tRio", { name: "Cy, Jr.", city: "Rio" }],
      ["4\t\tRio", { name: null, city: "Rio" }],
      ["5\tDi|x\tOslo", { name: "Di|x", city: "Oslo" }],
      ["6\tE\t", { name: "E", city: null }],
      ["10\tFay Q. Zed\tSan José", { name: "Fay Q. Zed", city: "San José" }],
    ],
  ),
  problem(
    "padded columns between bars",
    [
      ["| 17 | open   | Ann  |", { id: "17", state: "open" }],
      ["| 4  | closed | Bob  |", { id: "4", state: "closed" }],
    ],
    [
      ["| 5  | on hold | Cy |", { id: "5", state: "on hold" }],
      ["|6|open|x|", { id: "6", state: "open" }],
      ["| 123 | new | D E |", { id: "123", state: "new" }],
      ["| 9 |  | x |", { id: "9", state: null }],
      ["| 10 | re-opened | y |", { id: "10", state: "re-opened" }],
    ],
  ),
  problem(
    "lines of key: value",
    [
      ["Name: Ann Lee\nCity: Seoul\nAge: 34", { name: "Ann Lee", city: "Seoul" }],
      ["City: New York\nName: Bob", { name: "Bob", city: "New York" }],
    ],
    [
      ["Age: 7\nName: Cy O'Neil\nCity: Rio de Janeiro", { name: "Cy O'Neil", city: "Rio de Janeiro" }],
      ["Name: Di", { name: "Di", city: null }],
      ["City: A: B\nName: X", { name: "X", city: "A: B" }],
      ["Name:Zed\nCity:Oslo", { name: "Zed", city: "Oslo" }],
      ["Phone: 1\nCity: 대전\nName: 홍길동", { name: "홍길동", city: "대전" }],
    ],
  ),
  problem(
    "every UUID",
    [
      ["req 3f2504e0-4f89-11d3-9a0c-0305e82c3301 ok", ["3f2504e0-4f89-11d3-9a0c-0305e82c3301"]],
      ["none-at-all", []],
    ],
    [
      [
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8,6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        ["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"],
      ],
      ["{00000000-0000-0000-0000-000000000000}", ["00000000-0000-0000-0000-000000000000"]],
      ["", []],
      ["12345678-1234", []],
      ["id=ffffffff-ffff-4fff-8fff-ffffffffffff;", ["ffffffff-ffff-4fff-8fff-ffffffffffff"]],
    ],
  ),
  problem(
    "a ticket's key",
    [
      ["Fix crash (HAPA-123) in 2 steps", "HAPA-123"],
      ["WEB-7: new colours", "WEB-7"],
      ["see OPS-4411, please", "OPS-4411"],
    ],
    [
      ["closes API-90", "API-90"],
      ["[DB-1] index", "DB-1"],
      ["a-1 is not one", null],
      ["Merge branch CORE-321 into main", "CORE-321"],
      ["X is 5", null],
    ],
  ),
  problem(
    "times of day",
    [
      ["Doors 19:30, start 20:00", ["19:30", "20:00"]],
      ["ratio 3:1", []],
      ["08:15 bus", ["08:15"]],
    ],
    [
      ["from 9:05 to 17:45.", ["9:05", "17:45"]],
      ["never", []],
      ["(23:59)", ["23:59"]],
      ["10:00-11:00", ["10:00", "11:00"]],
      ["score 2:0", []],
    ],
  ),
  problem(
    "the subject in an odd header",
    [
      ["From: a@b.c | Subject: Lunch on Friday? | Prio: 3", "Lunch on Friday?"],
      ["From: x@y.z | Subject: Re: budget (v2) | Prio: 1", "Re: budget (v2)"],
    ],
    [
      ["From: q@q.q | Subject: Hi | Prio: 2", "Hi"],
      ["Subject: no sender | Prio: 2", "no sender"],
      ["From: q@q.q | Subject: $$$ [win] + more* | Prio: 9", "$$$ [win] + more*"],
      ["From: q@q.q | Subject: 한글 제목 | Prio: 5", "한글 제목"],
      ["From: nobody", null],
    ],
  ),
  problem(
    "percentages",
    [
      ["CPU 45%, memory 7.5% of 16", ["45%", "7.5%"]],
      ["100 people", []],
    ],
    [
      ["up 0.25%", ["0.25%"]],
      ["100% sure, 99.9% done", ["100%", "99.9%"]],
      ["% sign", []],
      ["(12%)", ["12%"]],
      ["5 percent", []],
    ],
  ),
  problem(
    "a text in a record",
    [
      [{ id: 1, note: "call back at 555-0100" }, "555-0100"],
      [{ id: 2, note: "555-0199 is busy, 2 tries" }, "555-0199"],
    ],
    [
      [{ id: 3, note: "try 555-0123" }, "555-0123"],
      [{ id: 4, note: "no number" }, null],
      [{ id: 5, note: "ext. 12, 555-9999" }, "555-9999"],
      [{ id: 6, note: "" }, null],
      [{ id: 7, note: "(444-1000)" }, "444-1000"],
    ],
  ),
  problem(
    "colours of a style sheet",
    [
      ["a { color: #ff0000; background: #FFF }", ["#ff0000", "#FFF"]],
      ["b { width: 10px }", []],
    ],
    [
      ["c { border: 1px solid #1a2b3c }", ["#1a2b3c"]],
      ["#abc,#def", ["#abc", "#def"]],
      ["none", []],
      ["d{color:#000}", ["#000"]],
      ["e { fill: #123456; stroke: #654321; }", ["#123456", "#654321"]],
    ],
  ),
];
