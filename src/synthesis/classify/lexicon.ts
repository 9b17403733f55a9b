/**
 * What a reader knows before the first example: words of praise and complaint, words that lure, and the commonest words
 * of some languages. They stand in a program only where they help to tell its labels apart. Written for this project.
 */

/** Words are compared by so many of their first letters. */
export const lexiconStem = 7;

const list = (text: string): readonly string[] => [
  ...new Set(text.split(/\s+/).flatMap((word) => (word === "" ? [] : [word.slice(0, lexiconStem)]))),
];

export const praise = list(`
  accurate admirable admire adorable adore affordable amazed amazing appealing appreciate astonishing attractive awesome
  beautiful beautifully beauty best better blessed bliss brave breathtaking bright brilliant captivating charming cheerful
  classy clean comfortable comfy compliment congratulations convenient cool correct courteous creative cute dazzling
  dedicated delicious delight delighted delightful dependable durable dream easy effective efficient effortless elegant
  enchanting engaging enjoy enjoyable enjoyed enjoys entertaining enthusiastic excellence excellent exceeded exceeds
  exceptional excited exciting exemplary exquisite extraordinary fabulous fair faithful fantastic fascinating fast
  favorite favourite fine flawless flawlessly fresh friendly fun funny generous genius gem glad glorious good gorgeous
  graceful grateful great greatest happier happiest happily happy heavenly helpful high-quality honest ideal immaculate
  impeccable impress impressed impressive incomparable incredible inspiring intuitive joy joyful kind lovely love loved
  loves loving loyal luxurious magic magical magnificent majestic marvelous marvellous masterpiece matchless memorable
  miracle neat nice nicely outstanding peerless perfect perfection perfectly phenomenal pleasant pleased pleasure polite
  premium pretty pristine professional prompt proud radiant recommend recommended recommends refreshing reliable
  remarkable responsive rich robust satisfied satisfying satisfaction sensational sleek smart smooth smoothly solid
  spectacular splendid stellar striking stunning stylish sublime success successful superb superior superlative supreme
  sweet terrific thank thankful thanks thrilled thrilling top treasure trustworthy unbeatable unforgettable unmatched
  useful valuable vibrant wonderful wonderfully worth worthwhile worthy wow yummy`);

export const complaint = list(`
  abominable abysmal abuse abusive angry annoy annoyed annoying appalling atrocious avoid awful awfully awkward bad badly
  biased boring bored broke broken breaks bug buggy bugs careless cheap cheated cheaply clumsy complain complained
  complaint complaints confused confusing corrupt costly cracked crap crappy crash crashed crashes cruel damage damaged
  dangerous dead deceptive defect defective deficient deplorable depressing deteriorated difficult dirty disagree
  disappoint disappointed disappointing disappointment disaster disastrous disgrace disgraceful disgust disgusted
  disgusting dishonest dislike disliked dismal dissatisfied dire dreadful dreary dull dumb error errors fail failed
  failing fails failure fake faulty fault faults fear flaw flawed flaws flimsy foul fraud frustrate frustrated
  frustrating frustration furious garbage ghastly gloomy greedy grim gross hate hated hates hideous horrendous horrible
  horribly horrid horrific hurt ignorant ignored inaccurate inadequate incompetent inconvenient inferior insult insulting
  irritate irritated irritating issue issues junk lacking lacks lag laggy lame lament lamentable lazy leak leaked leaking
  lied lies lousy mad mediocre mess messy miserable misleading missing mistake mistakes nasty nightmare noisy nonsense
  obnoxious offensive outrageous outdated overpriced overrated painful pathetic pitiful pointless poor poorly problem
  problems refund refuse refused regret regrets repulsive returned returning ridiculous rip-off ripped rotten rubbish rude
  ruin ruined sad sadly scam scratched shame shameful shoddy sick sloppy slow sluggish smelly sorry stale stinks stolen
  stuck stupid subpar substandard suck sucked sucks terrible terribly tasteless tedious tired torn toxic tragic trash
  trouble ugly unacceptable unbearable uncomfortable unfair unfortunate unfortunately unfriendly unhappy unhelpful
  unimpressed unpleasant unprofessional unreliable unresponsive unsatisfactory unsatisfied unusable unwanted upset useless
  vile waste wasted wasteful wasting weak weird worn worried worse worst worthless wretched wrong`);

/** They turn the words after them round. */
export const negators = list(`
  not no never none nothing nobody neither nor without hardly barely cannot can't couldn't don't doesn't didn't isn't
  wasn't aren't weren't won't wouldn't shouldn't haven't hasn't ain't dont doesnt didnt isnt wasnt wont cant`);

/** So many words after a negator are turned. */
export const negatedWords = 3;

/** Words of advertising and of messages that press for a click. */
export const lures = list(`
  act alert apply approved bargain billion bonus bonuses buy cash cheap cheapest claim click congratulations coupon credit
  crypto deal deals discount dollars download earn exclusive expire expires expired extra free freebie gift giveaway
  confirm debt diet guarantee guaranteed guarantees hurry immediately income instant instantly investment jackpot limited link loan loans lose lottery
  luxury miracle million mortgage obligation offer offers order pills pre-approved prize
  prizes profit profits promo promotion purchase refinance reward rewards risk-free sale sales save shipping
  special subscribe suspended suspicious trial unlimited unsubscribe urgent verify viagra visit voucher
  vouchers winner winners weight winning win won`);

const common = {
  dutch: "de het een en van ik te dat die niet zijn met op voor wat hoe je naar maar om ook deze bij nog heb ben wij",
  english:
    "the a an and of to is in it you that was for on are with as i his they be at this have from what how my we your do",
  french:
    "le la les un une des et de du est à il elle je tu que qui dans pour sur avec pas nous vous au ce cette mon ma quelle j l d c",
  german:
    "der die das und ist ich nicht ein eine zu den mit auf für im dem von sie wir wie was es haben auch nach bei um uhr sehr",
  italian: "il lo la gli un una e di che è non per con sono mi ho del della questo come si ma al nel alla quando dove",
  polish: "i w nie na się że z do to jest jak o co ale po tak za dla czy mi mam są od który gdzie",
  portuguese: "o a os as um uma e de que não é do da em para com eu você se no na por mais como mas ao foi meu minha",
  spanish:
    "el la los las un una y de que en es no por con para mi me se lo al del qué cómo está muy su más pero hay yo",
  swedish: "och att det som en ett är på jag av för med till den inte har de om vi var hur kan du min han",
  turkish: "bir ve bu da de için ne çok ben sen mi ile var yok gibi ama daha o nasıl değil her",
} as const;

/** The commonest words of languages written with Latin letters. */
export const commonWords: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(common).map(([language, words]) => [language, words.split(" ")]),
);
