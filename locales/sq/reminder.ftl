# Draft: needs a native reader. Status: docs/translations.md
# A locked phone shows the first line: at most 40 harmless characters, no service, topic or name.
reminder =
    Përkujtesë: { DAY($at) }
    Ora: { TIME($at) }
# After the time, and never where discreet words were agreed.
reminder-room = 🚪 { $room }
reminder-come = Vij
reminder-move = Ndrysho kohën
reminder-cancel = Anulo
reminder-details = Trego më shumë
reminder-thanks = Faleminderit. E shënuam.
reminder-thanks-details = Trego më shumë
reminder-moved = Koha ka ndryshuar. Kjo është koha e re:
reminder-cancelled =
    Kjo orë është anuluar.
    Mund të zgjidhni një tjetër.
reminder-past =
    Kjo orë ka kaluar.
    Mund të zgjidhni një tjetër.
reminder-gone =
    Këtu nuk ka më asgjë.
    Mund të shihni çfarë keni.
reminder-appointments = Takimet e mia
reminder-goon = A doni të vazhdoni?
reminder-goon-yes = Po
reminder-goon-no = Jo
reminder-discreet = Mirë dita. Këtu ka diçka për ju.
