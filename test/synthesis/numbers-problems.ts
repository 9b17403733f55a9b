/**
 * Number problems kept apart from the collection in fixtures: a rule and eight rows each, of which the first three are
 * given and five held out. Computed with exact decimals; written before the search was tuned, and not tuned for.
 */
export interface NumberProblem {
  readonly name: string;
  readonly rule: string;
  readonly rows: readonly { readonly input: readonly string[]; readonly output: string }[];
}

/** A problem on two lines: `# name: rule`, then its rows as `field | field → output`, separated by a broken bar. */
const text = `
# tip added: 15 % on top, two decimals
24.00 → 27.60 ¦ 10.00 → 11.50 ¦ 33.30 → 38.30 ¦ 7.77 → 8.94 ¦ 100 → 115.00 ¦ 0.50 → 0.58 ¦ 58.45 → 67.22 ¦ 1200.00 → 1380.00
# commission: 2.5 % of the amount, cents
1000 → 25.00 ¦ 380 → 9.50 ¦ 62 → 1.55 ¦ 12.5 → 0.31 ¦ 99999 → 2499.98 ¦ 7 → 0.18 ¦ 4000.40 → 100.01 ¦ 0 → 0.00
# net of gross: gross by 1.19, two decimals
119.00 → 100.00 ¦ 59.50 → 50.00 ¦ 9.99 → 8.39 ¦ 100 → 84.03 ¦ 1.19 → 1.00 ¦ 2380.00 → 2000.00 ¦ 0.10 → 0.08 ¦ 49.00 → 41.18
# pounds to kilograms: lb by 0.45359237, one decimal
150 lb → 68.0 kg ¦ 200 lb → 90.7 kg ¦ 12.5 lb → 5.7 kg ¦ 1 lb → 0.5 kg ¦ 99 lb → 44.9 kg ¦ 1000 lb → 453.6 kg ¦ 0.4 lb → 0.2 kg ¦ 180 lb → 81.6 kg
# inches to centimetres: times 2.54
10 in → 25.4 cm ¦ 32 in → 81.28 cm ¦ 0.5 in → 1.27 cm ¦ 1 in → 2.54 cm ¦ 27 in → 68.58 cm ¦ 100 in → 254 cm ¦ 7.25 in → 18.415 cm ¦ 65 in → 165.1 cm
# fahrenheit to celsius: (F-32)*5/9, one decimal
68 F → 20.0 C ¦ 32 F → 0.0 C ¦ 99.5 F → 37.5 C ¦ 0 F → -17.8 C ¦ -40 F → -40.0 C ¦ 212 F → 100.0 C ¦ 72 F → 22.2 C ¦ 10 F → -12.2 C
# seconds to minutes: one decimal
90 → 1.5 min ¦ 45 → 0.8 min ¦ 600 → 10.0 min ¦ 7 → 0.1 min ¦ 3599 → 60.0 min ¦ 0 → 0.0 min ¦ 1234 → 20.6 min ¦ 60 → 1.0 min
# file size in MiB: bytes by 1024*1024, two decimals
5242880 → 5.00 ¦ 1572864 → 1.50 ¦ 10000000 → 9.54 ¦ 123456789 → 117.74 ¦ 1048576 → 1.00 ¦ 2000000 → 1.91 ¦ 999 → 0.00 ¦ 734003200 → 700.00
# rectangle area: width times height
3 x 4 → 12 ¦ 2.5 x 6 → 15 ¦ 10 x 10 → 100 ¦ 7 x 1.5 → 10.5 ¦ 100 x 20 → 2000 ¦ 0.5 x 0.5 → 0.25 ¦ 12 x 12.5 → 150 ¦ 1 x 9 → 9
# price for each kilogram: price by grams times 1000, two decimals
2.49 | 500 → 4.98 ¦ 1.99 | 250 → 7.96 ¦ 3.00 | 900 → 3.33 ¦ 0.99 | 125 → 7.92 ¦ 12.50 | 1000 → 12.50 ¦ 4.79 | 400 → 11.98 ¦ 7.77 | 333 → 23.33 ¦ 1.00 | 30 → 33.33
# margin in percent: (price-cost)/price*100, one decimal
100 | 60 → 40.0% ¦ 80 | 50 → 37.5% ¦ 19.90 | 12.40 → 37.7% ¦ 10 | 10 → 0.0% ¦ 250 | 40 → 84.0% ¦ 7 | 6 → 14.3% ¦ 3 | 4 → -33.3% ¦ 1 | 0.33 → 67.0%
# seats left in words: capacity minus sold
12/40 sold → 28 free ¦ 40/40 sold → 0 free ¦ 3/8 sold → 5 free ¦ 0/100 sold → 100 free ¦ 99/100 sold → 1 free ¦ 7/12 sold → 5 free ¦ 150/400 sold → 250 free ¦ 1/2 sold → 1 free
# sum of three fields: a+b+c
1 | 2 | 3 → 6 ¦ 10 | 0.5 | 4 → 14.5 ¦ 7 | 7 | 7 → 21 ¦ 0.1 | 0.2 | 0 → 0.3 ¦ 100 | -20 | 5 → 85 ¦ 0 | 0 | 0 → 0 ¦ 12.25 | 0.75 | 1 → 14 ¦ 1000 | 200 | 30 → 1230
# total points: three numbers of a cell added
12, 7, 9 → 28 ¦ 3, 4, 5 → 12 ¦ 10, 0, 2 → 12 ¦ 1, 1 → 2 ¦ 5 → 5 ¦ 8, 8, 8, 8 → 32 ¦ 100, 50 → 150 ¦ 0, 0, 1 → 1
# smallest bid in a cell: lowest of the numbers
12;7;9 → 7 ¦ 30;4;50 → 4 ¦ 5;6;7 → 5 ¦ 100;99 → 99 ¦ 3 → 3 ¦ 8;8;1 → 1 ¦ 0;4 → 0 ¦ 45;10;11;9 → 9
# mean of a cell: mean, two decimals
4,5,3 → 4.00 ¦ 10,7 → 8.50 ¦ 2,2,3 → 2.33 ¦ 1 → 1.00 ¦ 100,0,50,25 → 43.75 ¦ 9,9,10 → 9.33 ¦ 0,1 → 0.50 ¦ 6,7,8,9 → 7.50
# remaining days by use: stock by daily use, whole days
100 | 7 → 14 days ¦ 50 | 5 → 10 days ¦ 33 | 10 → 3 days ¦ 1 | 2 → 0 days ¦ 0 | 4 → 0 days ¦ 999 | 100 → 9 days ¦ 64 | 8 → 8 days ¦ 365 | 30 → 12 days
# pallets: pieces by 40, rounded up
100 → 3 ¦ 40 → 1 ¦ 41 → 2 ¦ 1 → 1 ¦ 0 → 0 ¦ 79 → 2 ¦ 1000 → 25 ¦ 399 → 10
# parity: even or odd
4 → even ¦ 7 → odd ¦ 10 → even ¦ 1 → odd ¦ 0 → even ¦ 13 → odd ¦ 102 → even ¦ 999 → odd
# balance label: by the sign
12.50 → credit ¦ -3.00 → debit ¦ 0.00 → settled ¦ -0.01 → debit ¦ 100 → credit ¦ 0 → settled ¦ 7.2 → credit ¦ -55 → debit
# speeding: over the limit or not
62 | 50 → fine ¦ 48 | 50 → ok ¦ 100 | 120 → ok ¦ 50 | 50 → ok ¦ 121 | 120 → fine ¦ 31 | 30 → fine ¦ 9 | 30 → ok ¦ 80 | 70 → fine
# score grade: A from 90, B from 80, else C
95 → A ¦ 84 → B ¦ 61 → C ¦ 90 → A ¦ 80 → B ¦ 79 → C ¦ 100 → A ¦ 89 → B
# children half price: under 12 half the price
8 | 10.00 → 5.00 ¦ 30 | 10.00 → 10.00 ¦ 11 | 7.50 → 3.75 ¦ 12 | 7.50 → 7.50 ¦ 5 | 4.20 → 2.10 ¦ 70 | 4.20 → 4.20 ¦ 0 | 12.00 → 6.00 ¦ 18 | 3.00 → 3.00
# five steps: rounded to the next 5 (half up)
12 → 10 ¦ 13 → 15 ¦ 48 → 50 ¦ 50 → 50 ¦ 2 → 0 ¦ 7.5 → 10 ¦ 101 → 100 ¦ 99 → 100
# swiss rounding: to 0.05, two decimals
12.32 → 12.30 ¦ 7.88 → 7.90 ¦ 3.00 → 3.00 ¦ 0.02 → 0.00 ¦ 99.98 → 100.00 ¦ 1.13 → 1.15 ¦ 45.075 → 45.10 ¦ 10.26 → 10.25
# population in millions: one decimal and M
8336817 → 8.3M ¦ 3979576 → 4.0M ¦ 1680992 → 1.7M ¦ 83000000 → 83.0M ¦ 950000 → 1.0M ¦ 12345678 → 12.3M ¦ 450000 → 0.5M ¦ 2000000 → 2.0M
# salary in thousands: whole thousands with k
45000 → 45k ¦ 52500 → 53k ¦ 120000 → 120k ¦ 99000 → 99k ¦ 38000 → 38k ¦ 61499 → 61k ¦ 75000 → 75k ¦ 250000 → 250k
# swiss thousands: apostrophes
1234567 → 1'234'567 ¦ 980 → 980 ¦ 45000 → 45'000 ¦ 12 → 12 ¦ 100000 → 100'000 ¦ 7654321 → 7'654'321 ¦ 1000 → 1'000 ¦ 999999 → 999'999
# swiss amount read: apostrophes away
CHF 1'250.50 → 1250.50 ¦ CHF 98.00 → 98.00 ¦ CHF 12'345.00 → 12345.00 ¦ CHF 0.75 → 0.75 ¦ CHF 1'000'000.00 → 1000000.00 ¦ CHF 7.05 → 7.05 ¦ CHF 450.20 → 450.20 ¦ CHF 3'300.40 → 3300.40
# french amount read: narrow thousands and decimal comma
1 234,50 € → 1234.50 ¦ 18,00 € → 18.00 ¦ 2 400 000,99 € → 2400000.99 ¦ 0,75 € → 0.75 ¦ 12 000,00 € → 12000.00 ¦ 999,10 € → 999.10 ¦ 5,05 € → 5.05 ¦ 100,20 € → 100.20
# negative in brackets: two decimals
-12.5 → (12.50) ¦ 40 → 40.00 ¦ -1234.56 → (1234.56) ¦ 0.5 → 0.50 ¦ -7 → (7.00) ¦ 999.99 → 999.99 ¦ -0.25 → (0.25) ¦ 18 → 18.00
# ranks: ordinal in a sentence
Place: 1 → 1st place ¦ Place: 22 → 22nd place ¦ Place: 13 → 13th place ¦ Place: 3 → 3rd place ¦ Place: 111 → 111th place ¦ Place: 4 → 4th place ¦ Place: 101 → 101st place ¦ Place: 52 → 52nd place
# next ticket: number plus one, three digits
T-009 → T-010 ¦ T-123 → T-124 ¦ T-087 → T-088 ¦ T-099 → T-100 ¦ T-001 → T-002 ¦ T-500 → T-501 ¦ T-998 → T-999 ¦ T-010 → T-011
# previous page: page minus one of the same total
page 5 of 9 → page 4 of 9 ¦ page 12 of 30 → page 11 of 30 ¦ page 100 of 120 → page 99 of 120 ¦ page 2 of 2 → page 1 of 2 ¦ page 10 of 10 → page 9 of 10 ¦ page 50 of 51 → page 49 of 51 ¦ page 7 of 8 → page 6 of 8 ¦ page 21 of 99 → page 20 of 99
# binary read: to decimal
101 → 5 ¦ 1100 → 12 ¦ 11111111 → 255 ¦ 1 → 1 ¦ 0 → 0 ¦ 10000 → 16 ¦ 111 → 7 ¦ 100101 → 37
# hex written: upper case, two digits at least
255 → 0xFF ¦ 10 → 0x0A ¦ 171 → 0xAB ¦ 0 → 0x00 ¦ 16 → 0x10 ¦ 99 → 0x63 ¦ 200 → 0xC8 ¦ 7 → 0x07
# chapter in roman: roman numeral
Chapter 4 → Chapter IV ¦ Chapter 12 → Chapter XII ¦ Chapter 9 → Chapter IX ¦ Chapter 40 → Chapter XL ¦ Chapter 1 → Chapter I ¦ Chapter 27 → Chapter XXVII ¦ Chapter 90 → Chapter XC ¦ Chapter 14 → Chapter XIV
# hearts: a heart for each life
3 → ♥♥♥ ¦ 1 → ♥ ¦ 5 → ♥♥♥♥♥ ¦ 2 → ♥♥ ¦ 4 → ♥♥♥♥ ¦ 7 → ♥♥♥♥♥♥♥ ¦ 10 → ♥♥♥♥♥♥♥♥♥♥ ¦ 6 → ♥♥♥♥♥♥
# metres written as km: km with one decimal
1500 m → 1.5 km ¦ 12000 m → 12.0 km ¦ 800 m → 0.8 km ¦ 42195 m → 42.2 km ¦ 50 m → 0.1 km ¦ 999 m → 1.0 km ¦ 7250 m → 7.3 km ¦ 100000 m → 100.0 km
# range width: upper minus lower
10-25 → 15 ¦ 100-140 → 40 ¦ 3-4 → 1 ¦ 0-99 → 99 ¦ 18-65 → 47 ¦ 7-7 → 0 ¦ 1000-2500 → 1500 ¦ 50-60 → 10
# discount share: how much off, whole percent
80 | 60 → -25% ¦ 50 | 45 → -10% ¦ 200 | 50 → -75% ¦ 10 | 9 → -10% ¦ 30 | 20 → -33% ¦ 99 | 33 → -67% ¦ 12 | 12 → -0% ¦ 3 | 1 → -67%
# installments: amount in 12 rates, rounded up to cents
1200.00 → 100.00 ¦ 100.00 → 8.34 ¦ 999.99 → 83.34 ¦ 50.00 → 4.17 ¦ 12.00 → 1.00 ¦ 1.00 → 0.09 ¦ 345.67 → 28.81 ¦ 8000.00 → 666.67
# goals both sides: sum of a score
3:1 → 4 goals ¦ 0:2 → 2 goals ¦ 5:5 → 10 goals ¦ 10:9 → 19 goals ¦ 0:0 → 0 goals ¦ 7:0 → 7 goals ¦ 12:13 → 25 goals ¦ 1:4 → 5 goals
# word count label: number of words
red green blue → 3 words ¦ one → 1 words ¦ to be or not to be → 6 words ¦ a b → 2 words ¦ this is it → 3 words ¦ hello world again and again → 5 words ¦ x → 1 words ¦ four words are here → 4 words
# characters left: 140 minus the length
hello → 135 ¦ a longer line → 127 ¦ no → 138 ¦ twelve chars → 128 ¦ x → 139 ¦ fifteen letters → 125 ¦ ok then → 133 ¦ 1234567890 → 130
# distance between floors: absolute difference
3 | 10 → 7 ¦ 12 | 5 → 7 ¦ 7 | 7 → 0 ¦ 1 | 30 → 29 ¦ 20 | 18 → 2 ¦ 9 | 0 → 9 ¦ 2 | 4 → 2 ¦ 100 | 1 → 99
# weights in grams: kg and g to grams
1.5 kg → 1500 ¦ 250 g → 250 ¦ 2 kg → 2000 ¦ 0.75 kg → 750 ¦ 999 g → 999 ¦ 12 kg → 12000 ¦ 5 g → 5 ¦ 0.05 kg → 50
# area code padded: two groups padded
7-12 → 007-012 ¦ 45-3 → 045-003 ¦ 100-20 → 100-020 ¦ 9-9 → 009-009 ¦ 1-250 → 001-250 ¦ 66-77 → 066-077 ¦ 0-1 → 000-001 ¦ 12-8 → 012-008
`;

export const numberProblems: readonly NumberProblem[] = text
  .trim()
  .split("# ")
  .slice(1)
  .map((block) => {
    const [title = "", line = ""] = block.split("\n");
    const [name = "", rule = ""] = title.split(": ");
    const rows = line.split(" ¦ ").map((row) => {
      const [input = "", output = ""] = row.split(" → ");
      return { input: input.split(" | "), output };
    });
    return { name, rule, rows };
  });
