# Safety card and what follows it, French. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Je suis une aide automatique. Je ne peux appeler personne.
    En danger maintenant ? Appelez le 112 ou la police, 113.
    Vous ne pouvez pas parler ? Envoyez un SMS au 112.
    080 11 55 : ligne pour les femmes et enfants victimes de violence. Jour et nuit, gratuit.
    116 123 : quelqu'un à qui parler. Jour et nuit, gratuit.
    Ce n'est pas votre faute.
safety-show =
    Montrez ceci ou lisez-le à voix haute :
    Na pomoč. Govorim francosko. Moj naslov je …
safety-person = Je veux une personne
safety-more = Plus de numéros
safety-other = Autre chose
safety-numbers =
    080 12 00 : police, sans dire votre nom.
    116 111 : ligne pour enfants et jeunes.
    031 233 211 : centre de crise pour femmes et enfants.
    112 : urgences, aussi par SMS. 113 : police.
safety-person-waiting = Nous avons noté que vous voulez une personne. Une personne vous écrira ici, si c'est sans danger pour vous. Appelez le { $phone } ou venez : { $desk }. Ouvert : { $hours }. La nuit, personne ne lit ce chat. En danger, appelez le 112.
safety-write = Peut-on écrire à ce téléphone sans danger ?
safety-write-yes = Oui, sans danger
safety-write-some = À certaines heures
safety-write-no = Non, n'écrivez pas
safety-write-yes-done = Merci. Nous écrirons seulement si besoin.
safety-write-some-ask = Quand est-ce sans danger ?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = À toute heure
safety-write-some-done = Merci. Nous écrirons seulement à ces heures.
safety-write-no-done = D'accord. Nous ne vous écrirons pas. Vous pouvez écrire SOS ici à tout moment, ou venir : { $desk }.
safety-delete-chat = Pour effacer ce chat : appuyez longtemps dessus, puis Supprimer.
safety-worry = C'est difficile. Merci d'avoir écrit. Une personne peut parler avec vous. En danger, appelez le 112.
safety-worry-person = Je veux une personne
safety-worry-services = Voir les aides
safety-youth = Vous avez moins de 18 ans ? Appelez le 116 111. C'est une ligne pour enfants et jeunes. On vous écoute.
