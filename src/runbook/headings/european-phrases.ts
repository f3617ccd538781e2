// Owns the words of sections in German, French, Spanish, Portuguese, Italian, Dutch, Polish and Russian.
import type { SectionKind } from '../runbook.ts';

/** A line a language, in this order, in the form that `normaliseHeading` gives: lower case, no hyphens, no apostrophes. */
export const europeanPhrases: Readonly<Record<SectionKind, string>> = {
  preconditions: `
    voraussetzungen|voraussetzung|vorbedingungen|vorbedingung|anforderungen|systemanforderungen|bevor sie beginnen|bevor du beginnst|vor dem start|vorabprüfung|vorprüfung|vorabprüfungen|benötigte zugänge
    prérequis|pré requis|conditions préalables|conditions requises|avant de commencer|configuration requise|exigences|vérifications préalables
    requisitos previos|requisitos|prerrequisitos|pre requisitos|precondiciones|condiciones previas|antes de empezar|antes de comenzar|comprobaciones previas
    pré requisitos|pré requisito|prérequisitos|pré condições|precondições|antes de começar|antes de iniciar|verificações prévias
    prerequisiti|pre requisiti|requisiti|precondizioni|condizioni preliminari|prima di iniziare|controlli preliminari
    vereisten|randvoorwaarden|voorwaarden|benodigdheden|voordat je begint|voordat u begint|controle vooraf
    wymagania|wymagania wstępne|warunki wstępne|warunki początkowe|zanim zaczniesz|przed rozpoczęciem
    предварительные требования|требования|предварительные условия|предусловия|необходимые условия|перед началом|перед началом работы|предварительные проверки`,
  diagnosis: `
    diagnose|fehlerdiagnose|analyse|ursachenanalyse|symptome|symptom|problemanalyse|untersuchung
    diagnostic|diagnostics|symptômes|investigation|analyse du problème|recherche de la cause
    diagnóstico|síntomas|investigación|análisis del problema
    sintomas|investigação|análise do problema
    diagnosi|sintomi|indagine|analisi del problema
    symptomen|onderzoek|probleemanalyse
    diagnoza|diagnostyka|objawy|analiza problemu
    диагностика|диагноз|симптомы|анализ проблемы|анализ причин`,
  steps: `
    schritte|schritt für schritt|vorgehen|vorgehensweise|durchführung|ablauf|anleitung|arbeitsschritte|maßnahmen|sofortmaßnahmen|behebung|lösung|wiederherstellung|umsetzung
    étapes|étape par étape|procédure|marche à suivre|instructions|mode opératoire|déroulement|exécution|résolution|actions|actions immédiates|solution
    pasos|paso a paso|procedimiento|instrucciones|ejecución|acciones|resolución|solución|mitigación|recuperación
    passos|passo a passo|procedimento|instruções|execução|ações|resolução|solução|mitigação|recuperação|etapas
    passi|passaggi|passo passo|procedura|istruzioni|esecuzione|azioni|risoluzione|soluzione
    stappen|stap voor stap|stappenplan|werkwijze|uitvoering|instructies|acties|oplossing
    kroki|krok po kroku|procedura|instrukcja|wykonanie|działania|rozwiązanie
    шаги|порядок действий|порядок выполнения|процедура|инструкция|выполнение|действия|решение|пошаговая инструкция`,
  validation: `
    überprüfung|prüfung|verifikation|verifizierung|validierung|kontrolle|erfolgskontrolle|abschlussprüfung|funktionsprüfung|funktionstest|abnahme|prüfen|überprüfen|ergebnis prüfen
    vérification|vérifications|validation|contrôle|contrôles|vérifier|tests de bon fonctionnement|vérification du résultat
    verificación|validación|comprobación|comprobaciones|verificar|comprobar|verificaciones
    verificação|validação|verificações|checagem|conferência
    verifica|verifiche|validazione|controllo|controlli finali
    verificatie|validatie|controle|controleren|nacontrole
    weryfikacja|walidacja|sprawdzenie|kontrola
    проверка|проверка результата|верификация|валидация|проверка работоспособности|контроль`,
  rollback: `
    zurückrollen|zurückrollen der änderungen|rückfallplan|rücknahme|rückabwicklung|rückbau der änderung|rückgängig machen|änderungen rückgängig machen|notfallplan
    retour arrière|retour en arrière|plan de retour arrière|procédure de retour arrière|procédure de rollback|plan de repli|annulation|annuler les modifications|revenir en arrière
    reversión|plan de reversión|procedimiento de reversión|deshacer|deshacer los cambios|revertir|marcha atrás|vuelta atrás|plan de marcha atrás|plan de contingencia
    reversão|plano de reversão|desfazer|desfazer as alterações|reverter|plano de contingência
    piano di ripristino|annullamento|annullare|annullare le modifiche|tornare indietro
    terugdraaien|terugdraaiplan|terugrollen|ongedaan maken|wijzigingen ongedaan maken|terugvalplan|noodplan
    wycofanie|wycofanie zmian|plan wycofania|cofnięcie|cofnięcie zmian|wycofywanie zmian
    откат|откат изменений|план отката|процедура отката|откатить изменения|отмена изменений|возврат|возврат к предыдущей версии|отмена`,
  cleanup: `
    aufräumen|aufräumarbeiten|bereinigung|bereinigen|nacharbeiten|nachbereitung|ressourcen löschen
    nettoyage|nettoyer|nettoyer les ressources|supprimer les ressources
    limpieza|limpiar|limpiar los recursos|eliminar los recursos
    limpeza|limpar|limpar os recursos|excluir os recursos
    pulizia|pulire le risorse|eliminare le risorse
    opruimen|opschonen|nazorg
    sprzątanie|czyszczenie|usuwanie zasobów
    очистка|очистка ресурсов|уборка|удаление ресурсов`,
  context: `
    überblick|übersicht|einleitung|einführung|hintergrund|zweck|ziel|ziele|geltungsbereich|beschreibung|auswirkungen|auswirkung|ursache|ursachen|kontakt|kontakte|ansprechpartner|eskalation|referenzen|weiterführende links|siehe auch|anhang|hinweise|hinweis|nächste schritte|beispiele|beispiel|glossar|änderungshistorie|zuständigkeiten|häufige fragen|deinstallation|deinstallieren
    aperçu|vue densemble|présentation|contexte|objectif|objectifs|but|périmètre|description|impact|causes|contact|contacts|escalade|références|liens utiles|voir aussi|annexe|annexes|remarques|prochaines étapes|exemples|exemple|glossaire|historique|foire aux questions|désinstallation|désinstaller
    resumen|visión general|introducción|antecedentes|propósito|objetivo|objetivos|alcance|descripción|impacto|causas|contacto|contactos|escalado|escalamiento|referencias|enlaces|véase también|ver también|anexo|anexos|notas|próximos pasos|ejemplos|ejemplo|glosario|historial|preguntas frecuentes|desinstalación|desinstalar
    visão geral|introdução|contexto|propósito|objetivo|escopo|descrição|impacto|contato|contatos|escalonamento|referências|veja também|anexos|observações|próximos passos|exemplos|exemplo|glossário|histórico|perguntas frequentes|desinstalação
    panoramica|introduzione|contesto|scopo|obiettivo|obiettivi|ambito|descrizione|impatto|cause|contatti|riferimenti|vedi anche|allegati|note|prossimi passi|esempi|esempio|glossario|domande frequenti|disinstallazione|disinstallare
    overzicht|inleiding|achtergrond|doel|doelen|omvang|beschrijving|impact|oorzaak|oorzaken|contact|contactpersonen|escalatie|referenties|zie ook|bijlage|opmerkingen|volgende stappen|voorbeelden|voorbeeld|veelgestelde vragen|deïnstalleren|verwijderen
    przegląd|wprowadzenie|wstęp|tło|cel|cele|zakres|opis|wpływ|przyczyny|kontakt|kontakty|eskalacja|odnośniki|zobacz też|załączniki|uwagi|następne kroki|przykłady|przykład|słownik|odinstalowanie
    обзор|введение|описание|цель|цели|назначение|область применения|влияние|причины|контакты|эскалация|ссылки|см. также|приложение|приложения|примечания|следующие шаги|примеры|пример|глоссарий|частые вопросы|удаление`,
};

export const europeanPreparation = `
  vorbereitung|vorbereitungen|vorarbeiten
  préparation|préparatifs|mise en place
  preparación|preparativos
  preparação
  preparazione
  voorbereiding|voorbereidingen
  przygotowanie|przygotowania
  подготовка`;

export const europeanTrouble = `
  fehlerbehebung|fehlersuche|problembehebung|problemlösung
  dépannage|résolution de problèmes|résolution des problèmes
  solución de problemas|resolución de problemas
  solução de problemas|resolução de problemas
  risoluzione dei problemi|risoluzione problemi
  probleemoplossing|problemen oplossen
  rozwiązywanie problemów
  устранение неполадок|устранение проблем|решение проблем`;
