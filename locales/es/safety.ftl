# Safety card and what follows it, Spanish. Draft: needs a native reader and a crisis specialist before real use.
# The status of each language is kept in docs/translations.md. Facts: docs/safety.md. Labels at most 20 characters.

safety-card =
    Soy un ayudante automático. No puedo llamar a nadie.
    ¿Está en peligro ahora? Llame al 112 o a la policía, 113.
    ¿No puede hablar? Mande un SMS al 112.
    080 11 55: línea para mujeres y niños que sufren violencia. Día y noche, gratis.
    116 123: alguien para hablar. Día y noche, gratis.
    No es culpa suya.
safety-show =
    Muestre esto o léalo en voz alta:
    Na pomoč. Govorim špansko. Moj naslov je …
safety-person = Quiero una persona
safety-more = Más números
safety-other = Otra cosa
safety-numbers =
    080 12 00: policía, sin decir su nombre.
    116 111: línea para niños y jóvenes.
    031 233 211: centro de crisis para mujeres y niños.
    112: emergencias, también por SMS. 113: policía.
safety-person-waiting = Anotamos que usted necesita una persona. Una persona le escribirá aquí, si eso es seguro para usted. Llame al { $phone } o venga: { $desk }. Abierto: { $hours }. De noche nadie lee este chat. En peligro, llame al 112.
safety-write = ¿Es seguro escribir a este teléfono?
safety-write-yes = Sí, es seguro
safety-write-some = Solo a ciertas horas
safety-write-no = No, no escriban
safety-write-yes-done = Gracias. Escribiremos solo si hace falta.
safety-write-some-ask = ¿Cuándo es seguro?
safety-hours-morning = 8–12
safety-hours-afternoon = 12–16
safety-hours-any = A cualquier hora
safety-write-some-done = Gracias. Escribiremos solo a esa hora.
safety-write-no-done = Está bien. No le escribiremos. Puede escribir SOS aquí en cualquier momento, o venir a { $desk }.
safety-delete-chat = Para borrar este chat: manténgalo pulsado y elija Borrar.
safety-worry = Esto es difícil. Gracias por escribir. Una persona puede hablar con usted. En peligro llame al 112.
safety-worry-person = Quiero una persona
safety-worry-services = Ver ayuda
safety-youth = ¿Tiene menos de 18 años? Llame al 116 111. Es una línea para niños y jóvenes. Allí escuchan.
