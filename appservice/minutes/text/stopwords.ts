/** Words that say nothing about what a sentence is about, and the padding of spoken language. */
const ENGLISH = `a about above actually after again all also am an and any are aren't as at basically be because been
  before being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down
  during each else even ever every few for from further get gets getting go goes going gonna got guess had hadn't has
  hasn't have haven't having he he'd he'll he's her here hers herself hi him himself his how i i'd i'll i'm i've if in
  into is isn't it it'd it'll it's its itself just kind know let let's like lot make maybe me mean more most much my
  myself no nor not now of off oh ok okay on once only onto or other our ours ourselves out over own perhaps please
  pretty quite really right same say see she she'd she'll she's should shouldn't so some something sort still stuff
  such sure take than that that's the their theirs them themselves then there there's these they they'd they'll they're
  they've thing things think this those though through to too uh um under until up us very was wasn't we we'd we'll
  we're we've well were weren't what what's when where which while who whom why will with won't would wouldn't yeah yes
  you you'd you'll you're you've your yours yourself`;

const RUSSIAN = `а без более бы был была были было быть в вам вами вас ваш ваша ваше ваши ведь весь во вообще вот все
  всего всем всеми всех всю вы где да даже для до его ее ей ему если есть еще ж же за здесь и из или им ими их к как
  какая какие какой как-то ко когда которая которое которые который которых конечно кто ли либо лишь меня мне мной мы
  может можно мой моя мое мои на над надо нам нами нас наш наша наше наши не него нее ней нем нет ни них но ну о об
  однако он она они оно от очень перед по под поэтому при просто про раз с сам самый сама себе себя сейчас со собой
  собственно совсем так такая такие такой такое там те тебе тебя тем теперь то тобой тогда того тоже той только том тот
  ту тут ты у уже хотя чего чей чем через что чтобы чуть эта эти этим этих это этого этой этом этому этот эту я типа
  короче значит наверное вроде просто скажем давайте давай ладно хорошо ага угу эм э-э вобщем общем целом смысле`;

export const STOPWORDS: ReadonlySet<string> = new Set(`${ENGLISH} ${RUSSIAN}`.split(/\s+/));
